/** A phone line whose platforms the program plays itself, so that the demo company's telephony can be tried by hand. */
export { makePracticeLine, practiceLine } from "./line.ts";
export {
  practiceAnswer,
  practiceCall,
  practiceEnd,
  practiceRinging,
  practiceSms,
  practiceWords,
} from "./phone.ts";
export { placeCall, takeText, tellAccount, tellVoiceAgent } from "./platform.ts";
