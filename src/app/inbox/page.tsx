/** An address of the inbox, which its layout draws. */
export default function InboxPage() {
  return undefined;
}
