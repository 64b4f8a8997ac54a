/** The address of one conversation in the inbox, which the layout draws. */
export default function ConversationPage() {
  return undefined;
}
