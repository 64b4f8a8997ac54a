import type { Frame } from "./frames.ts";
import { pattern } from "./pattern.ts";

const refusal = (score: number, ...sources: string[]): Frame[] =>
  sources.map((source) => ({ why: "refuses the machine", licence: "none", score, pattern: pattern(source) }));

const END = "BOTTALK* any|anymore|again|now|here|please|at|all|about|for|and|so|is|it|on? ";

/** Ways of asking for a person by refusing the machine. */
export const refusalFrames: Frame[] = [
  ...refusal(
    0.85,
    `not|never|no|refuse ..4 FREE_TALK|TALKING|doing|do|deal|continue|dealing|discuss|discussing|share|go|trust|start ..8 to|with|by ..2 MACHINE`,
    `not|never|no do|want|need|going|gonna|like|trust|wanna|wish ..3 MACHINE ${END} $`,
    `hate|sick|tired|fed|fed_up|had_it|done|enough|refuse|refusing|bored|over|had|weary ..3 of|with|to ..2 MACHINE ${END}`,
    `hate|detest|loathe|despise|dislike ..3 MACHINE ${END} $`,
    `enough|quit|stop|cut|drop|no|lose ..1 MACHINE BOTTALK`,
    `stop|quit|enough ..1 sending|giving|pasting|putting|connecting|passing|making|making|forcing|looping|directing|redirecting|routing|bouncing|throwing ..1 me|us|my ..5 MACHINE`,
    `no|not more? a|an|with|to|the|another|just? stupid|dumb|useless|your|this|fucking|damn? MACHINE ${END} $`,
    `LEAVE ..2 MACHINE ${END} $`,
    `LEAVE ..2 MACHINE loop|and|thing|menu|system`,
    `want|take|get|let me? out|off|away of|from? ..2 MACHINE`,
    `get ..1 MACHINE away|off|out|away_from|out_of`,
    `refuse|reluctant|uncomfortable|unwilling ..5 MACHINE`,
    `not ..2 comfortable|happy|confident|willing|ok|okay|prepared|keen|interested ..5 MACHINE`,
    `not ..2 wish|want|prefer|like|going|willing|prepared to ..7 with|to|through ..2 MACHINE`,
    `rather|prefer not ..4 MACHINE`,
    `why|do|must ..1 i|we ..4 TALK|FREE_TALK ..2 to|with ..2 MACHINE`,
    `not|never|refuse ..2 accept|being|be|want ..4 by|from|with ..1 MACHINE`,
    `refuse ..2 FREE_TALK|TALKING to|with you`,
    `too ..3 for ..1 MACHINE`,
    `beyond|more|outside|above ..1 what|than ..2 MACHINE`,
    `not ..1 think|believe|trust|feel ..2 MACHINE ..1 can|could|will|would|is|to|with`,
    `MACHINE can|could|will not ..1 help|solve|fix|sort|handle|do|understand|answer|resolve`,
    `not trust ..2 MACHINE with`,
    `opt ..1 out ..3 MACHINE`,
    `instead of ..2 MACHINE $`,
    `human|person|people not MACHINE`,
    `anything|anyone|someone|something but ..2 MACHINE`,
    `someone|somebody|something who|that is not ..1 MACHINE`,
  ),
];
