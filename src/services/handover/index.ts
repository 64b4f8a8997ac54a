export { cancelWaiting } from "./cancel-waiting.ts";
export { takers, tellWithin } from "./desk-alert.ts";
export { deskJobs, deskTimes } from "./desk-jobs.ts";
export { getDeskOperator, listDeskOperators, saveDeskOperator } from "./desk-operators.ts";
export { conversationDetail, listDecisions } from "./detail.ts";
export { operatorWroteElsewhere } from "./elsewhere.ts";
export { initiateEscalation, waitingLine } from "./escalate.ts";
export { estimateReport } from "./estimate-report.ts";
export { officeHoursAt } from "./hours.ts";
export { declineConversation } from "./offer.ts";
export {
  createOfficeHours,
  getOfficeHours,
  listOfficeHours,
  removeOfficeHours,
  saveOfficeHours,
} from "./office-hours.ts";
export {
  abandon,
  accept,
  assignToOperator,
  handBackToAI,
  reopen,
  resolve,
  takeOver,
  transferToQueue,
} from "./ownership.ts";
export { handoverPacket } from "./packet.ts";
export { queueBoard } from "./queue-board.ts";
export { releaseAllOf } from "./release.ts";
export { sendAsOperator } from "./reply.ts";
export { returnToPerson } from "./return-to-person.ts";
export { routeQueue } from "./route-queue.ts";
export { type Desk, route, type Waiting } from "./routing-decide.ts";
export { getRouting, saveRouting } from "./routing-settings.ts";
export { checkClocks } from "./sla-check.ts";
export { readOn, type SlaEntry, SlaFacts } from "./sla-facts.ts";
export { measure } from "./sla-measure.ts";
export {
  createPolicy,
  enabledPolicies,
  getPolicy,
  listPolicies,
  removePolicy,
  savePolicy,
} from "./sla-policies.ts";
export { abandonedLine, joinedLine, resolvedLine, systemLine } from "./system-line.ts";
export { createTeam, getTeam, listTeams, removeTeam, saveTeam } from "./teams.ts";
export { transferToEveryone, transferToTeam } from "./to-team.ts";
export { tellPromises, tellTeams, tellWaits } from "./told-desk.ts";
export { estimate, queuePlace } from "./wait-estimate.ts";
export { watchQueue } from "./watch-queue.ts";
