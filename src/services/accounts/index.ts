export {
  createAgent,
  demoAgentId,
  demoCompanyId,
  getAgent,
  listAgents,
  saveAgent,
} from "./agents.ts";
export { createApiKey, listApiKeys, revokeApiKey } from "./api-keys.ts";
export { audit, listAudit, noteInAudit } from "./audit.ts";
export { auth, signInWithPassword } from "./auth.ts";
export { getCompany, renameCompany } from "./company.ts";
export { claimDemoPast, type DemoCompany, isDemoUntold, makeDemoCompany, removeDemoCompany } from "./demo.ts";
export { companyBySlug, userByEmail } from "./find.ts";
export { closeIdentity } from "./identity-database.ts";
export {
  acceptInvitation,
  type InvitationCard,
  invite,
  listInvitations,
  openInvitation,
  revokeInvitation,
} from "./invitations.ts";
export { changePassword, hasPassword, signedInUser, whoAmI } from "./me.ts";
export {
  changeRole,
  listMembers,
  listOperators,
  type OperatorCard,
  removeMember,
} from "./members.ts";
export { can, must, type Permission, permissionNames, permissions } from "./permissions.ts";
export { bearerKey, currentOperator, forgetRecognised, operatorByKey } from "./recognise.ts";
export { onRevoked, stillAllowed } from "./revocation.ts";
export { createCompanyWithOwner, needsSetup, setUp } from "./setup.ts";
export { createSignInLink, redeemSignInLink, signInAs } from "./sign-in-link.ts";
export type { CustomerWho, OperatorWho, Staff, Who } from "./who.ts";
