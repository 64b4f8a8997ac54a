/** The connections room: the platforms a company has connected, their credentials, and how they do. */
export {
  checkConnection,
  createConnection,
  getConnection,
  listConnections,
  removeConnection,
  saveConnection,
  setupConnection,
} from "./connections.ts";
export { countRejection, noteError, noteSent } from "./notes.ts";
export { connectionByWebhook, type OpenConnection, openConnection } from "./open.ts";
export { rotateSecrets } from "./rotate.ts";
export { platformCards, webhookUrl } from "./view.ts";
