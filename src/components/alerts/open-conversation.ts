/** Goes to a conversation: within the inbox without loading it anew, from anywhere else as to any page. */
export function openConversation(conversationId: string): void {
  const path = `/inbox/${conversationId}`;
  const { pathname, search } = window.location;
  if (pathname.startsWith("/inbox")) window.history.pushState(null, "", path + search);
  else window.location.assign(path);
}
