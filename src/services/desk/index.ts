export { changeCanned, countCannedUse, createCanned, listCanned, removeCanned } from "./canned.ts";
export { draftsIn, keepDraft, listDrafts } from "./drafts.ts";
export { changeMacro, countMacroUse, createMacro, findMacro, listMacros, removeMacro } from "./macros.ts";
export { listMentions, readMentions } from "./mentions.ts";
export { changeView, createView, listViews, removeView } from "./views.ts";
export { whisper } from "./whisper.ts";
