// Word classes. A word may be in several; multi-word entries are joined to one token by the tokeniser.
const entries: Record<string, string> = {
  // People who could answer. PERSON: plainly a human; SOMEONE: a pronoun; ROLE: a function; DEPT: a place in the house.
  PERSON: `human humans person persons people agent agents rep reps representative representatives operator operators
    employee employees colleague colleagues coworker coworkers staff staffer associate associates advisor adviser advisors
    advisers consultant consultants clerk receptionist being beings soul individual folks adult grown_up grownup csr salesperson
    salesman teammate counsellor counselor worker workers attendant concierge human_being person_person
    live_agent live_person live_support live_operator live_representative fellow dude bloke lady ladies gentleman guy guys man woman gal chap lad girls boys lads gang`,
  SOMEONE: `someone somebody anyone anybody whoever someone_else anyone_else somebody_else anybody_else one_of_you`,
  ROLE: `seniors official officials leader leaders leadership authority authorities ceo cto president chief moderator accountant solicitor trainer tutor editor designer architect librarian translator interpreter therapist counselor agronomist manager managers supervisor supervisors boss bosses superior superiors director specialist specialists expert
    experts engineer engineers technician technicians tech developer developers management teamleader team_leader
    team_lead coordinator officer nurse doctor pharmacist lawyer planner buyer professional trainer caseworker case_worker case_manager account_manager account_executive
    relationship_manager store_manager duty_manager higher_up higher_ups executive owner planner broker adjuster mechanic`,
  DEPT: `sales billing accounts accounting finance legal returns refunds refund complaints support helpdesk help_desk
    customer_service customer_services customer_care customer_support customer_relations customer_success tech_support
    technical_support technical_service client_services client_service reception front_desk service_desk head_office headquarters hq claims fraud collections cancellations
    retention call_center call_centre contact_center contact_centre hotline compliance procurement logistics warranty payroll
    admissions reservations bookings dispatch hr payments shipping accounts_payable accounts_receivable marketing disputes guest_services live_chat phone_support telephone_support tier_2 tier_two tier_3 level_2 second_line second_level l2 first_level dev_team it_department`,
  UNIT: `crew department dept team teams desk office division unit line people guys folks staff crew side side`,
  // Real, live, …: says that a machine will not do.
  REAL: `real actual live living breathing human flesh genuine proper true physical flesh_and_blood reallife real_life`,
  ADJ: `concerned competent qualified senior normal nice dedicated responsible right different knowledgeable experienced specialised
    specialized smart smarter other another single bloody damn fucking freaking goddamn f'n free available trained decent
    certified local suitable higher sensible sane capable thinking intelligent young friendly helpful single human-like
    relevant appropriate skilled authorized authorised nearest next first_available available good better english german french spanish english_speaking`,
  DET: `a an the any some your yours ya another`,
  OWNER: `my our his her their its my_own our_own whose each every per two three four five six ten this that these those which how_many many few most`,
  OWN_STAFF: `account_manager advisor adviser rep representative case_worker caseworker case_manager relationship_manager consultant account_executive agent operator planner broker adjuster nurse`,
  // Words that make another thing of the person before or after them.
  FOREIGN: `estate real_estate realestate user travel insurance cleaning letting delivery shipping tour crane secret bleaching
    chemical ai virtual bot mobile phone cell logical math first second third per boolean ternary sql union literary
    talent sports patent press natural legal_entity missing homeless disabled sick black white dead famous wheel foreign
    ticket booking gate airport bank government council police customs postal train bus taxi machine forklift radio`,
  THING: `seat seats license licence licenses licences role roles plan plans account accounts resources resource error errors
    rights right_holder readable body bodies hair name names fee fees limit limits field fields id ids job jobs position positions salary
    salaries permission permissions access mode string strings header guide manual approval app console dashboard portal login settings
    api endpoint library sdk training page pages list count table tables size address anatomy nature traffic trafficking history
    form software tool tools panel discount training commission handbook template templates dataset data sample
    precedence overloading token tokens schedule hours rating ratings score costs cost price pricing group groups counter
    button option link menu feature features label text phrase word words article articles email emails icon tab checkbox
    integration plugin widget module bot bots shift shifts salary career careers tax report reports ticket tickets code codes
    request requests policy policies terms fund funds figures number numbers conference trip scientist science studies
    photo voucher ban hiring market dispute cards card`,
  AID: `assistance help support contact voice intervention review attention interaction touch involvement service helper response reply answer eyes eye backup assistant input`,
  // Getting in contact.
  TALK: `talk speak chat converse communicate deal reach contact consult call phone ring message correspond
    get_through get_hold get_ahold get_in_touch get_in_contact get_on_the_phone be_in_touch be_in_contact hop_on_a_call have_a_word
    have_a_chat have_a_talk have_a_conversation have_a_call a_word a_chat a_quick_chat a_conversation
    hear_from be_helped be_assisted be_served be_put_through be_connected be_transferred be_passed be_handed be_forwarded be_put_in_touch be_put
    be_escalated be_redirected be_sent be_contacted be_called get_connected get_transferred get_help get_put_through
    book_a_call schedule_a_call set_up_a_call arrange_a_call jump_on_a_call get_a_call get_a_call_back call_back speak_directly talk_directly talk_live chat_live continue
    interact negotiate bargain argue liaise dm zoom discuss complain complain_to vent cry talk_things_over go_over talk_it_over talk_it_through talk_this_through discuss_this discuss_it discuss_that explain_this explain_it explain escalate`,
  TALKING: `talking speaking chatting dealing getting_through getting_hold connecting reaching contacting calling
    being_connected being_transferred being_put_through conversing discussing explaining communicating interacting hearing being_helped`,
  FREE_TALK: `negotiate bargain argue liaise text talk speak chat converse communicate deal talking speaking chatting dealing discussing discuss explain explaining discuss_this discuss_it complain
    interact interacting talk_it_over talk_it_through talk_this_through go_over explain_it explain_this continue a_word have_a_word have_a_chat be_connected be_transferred be_put_through be_passed be_forwarded be_escalated be_put_in_touch get_in_touch`,
  TO: `to with through by from over onto w`,
  SEND: `point steer reconnect connecting transferring putting forwarding passing sending handing escalating connect transfer put forward pass hand send route redirect switch patch escalate refer direct take move link hook turn
    raise bump transfering transferring pass_on hand_over hand_off turn_over elevate relay flag delegate reroute`,
  SENT: `connected transferred forwarded escalated redirected handed passed routed switched referred put_through`,
  GIVE: `get give fetch bring find grab summon involve provide assign loop show ask page drag gimme bring_in bring_on put_on loop_in`,
  HAVE: `have get let ask tell allow make arrange_for arrange want need request`,
  ME: `me us`,
  THIS: `this it that my the case issue ticket conversation chat call request problem matter complaint me us everything things`,
  CASE: `case issue ticket conversation chat call request problem matter complaint message question enquiry inquiry file`,
  ONTO: `to through with over onto on off up in touch back along across by straight directly into towards right`,
  ACT: `help assist call phone ring contact email message look handle fix solve sort check review read take take_over see talk speak chat
    answer respond reply explain deal reach investigate sort_out get_back write step jump join come intervene decide process resolve
    text walk clarify do verify go get follow guide chime pick give tell advise examine finish confirm hear understand weigh chip weigh_in chip_in manually reach_out unlock reset release unfreeze restore correct reinstate unblock`,
  HELP: `explain_it explain_this sort_this fix_this help assist look handle fix solve sort check review take_over answer respond reply explain deal sort_out get_back step jump join
    come intervene resolve clarify guide confirm investigate call phone ring contact email speak talk chat advise walk`,
  CALL_ME: `call phone ring contact email message reach get_back reach_out get_in_touch follow_up respond reply write text calls phones contacts rings speak talk chat take_over step_in jump_in take review look handle investigate intervene`,
  // Wishing.
  WISH: `want need require wish demand insist prefer rather love appreciate desire request requesting demanding needing wanting
    wanna gotta must like looking hoping trying asking beg begging insisting preferring dying mind ask kindly_request
    keen eager expect expecting require wait waiting choose pick wants needs prefers requires grateful glad thankful comfortable better easier seeking longing craving`,
  WISHED: `wanted hoped wished needed`,
  MODAL: `can could may might would will shall should do does possible let chance way allow able`,
  POLITE: `please pls plz just ok okay hi hello hey well so now then yo bro dude man mate sir madam oh ugh omg um uh hmm look listen
    kindly thanks thank yes yeah yep nope nah no sorry alright anyway again asap immediately urgently right_now today dear friend good morning afternoon evening day
    honestly seriously actually simply straight quickly still only really lol thx ty cheers there wtf ffs jesus christ god gosh damn quick first instead need_it argh
    rn already once maybe perhaps live you u fine cool bot robot chatbot screw_this whatever enough agree bitte`,
  TIMEWORD: `now asap immediately today tomorrow please pls plz rn right back again instead already quickly soon urgently first_thing tonight here`,
  AVAILABLE: `there here available around online free alive home awake anywhere on listening working left at_hand`,
  GOOD: `nice great good better best helpful lovely preferable ideal appreciated fine ok preferred easier wonderful cool amazing welcome perfect awesome`,
  // The machine and how it is refused.
  MACHINE: `bot bots chatbot chatbots robot robots machine machines ai a.i computer computers automation algorithm llm chatgpt gpt script scripts
    automated_system automated_assistant automated_response automated_responses automated_reply automated_replies automated_answers
    automated_messages automated_message virtual_assistant virtual_agent canned_responses canned_answers canned_response ai_agent ai_assistant ai_bot
    recording autoresponder answering_machine clanker software program artificial_intelligence voicebot chat_bot bot_replies ai_chatbot`,
  BOTTALK: `nonsense crap bs bullshit stuff talk answers answer replies responses reply response loop thing chat garbage rubbish assistant messages please conversation runaround service menu business pls`,
  FEDUP: `refuse hate sick tired fed done enough dislike stand frustrated annoyed loathe detest despise over refusing bored fed_up through had_it wary`,
  LEAVE: `around skip bypass escape exit avoid get_past get_around get_out_of get_away_from get_rid_of turn_off leave get_beyond get_off shut_off circumvent away_from out_of past ditch drop stop_using`,
  // Frames that change who or when.
  NEG: `not no never without neither nor none nobody hardly nothing`,
  REPORT: `says said saying reads told states stated mentions mentioned claims claimed writes wrote promised suggested advised recommended displays
    shows called labelled labeled titled instructed insists telling tells asks asked reported heard replied shouted`,
  THIRD: `they customers users visitors clients guests buyers shoppers readers callers tenants members students kids everyone he subscribers participants
    patients applicants residents players developers parents others citizens people customer user visitor client`,
  PAST: `yesterday ago last_week last_month last_time last_year last_night earlier previously once before monday tuesday wednesday thursday friday saturday sunday back_then already last`,
  AGAIN: `times twice again already keep still repeatedly constantly thrice now ages`,
};

const classesOf = new Map<string, Set<string>>();
for (const [name, list] of Object.entries(entries)) {
  for (const word of list.split(/\s+/)) {
    const set = classesOf.get(word) ?? new Set<string>();
    set.add(name);
    classesOf.set(word, set);
  }
}

const none: ReadonlySet<string> = new Set();

/** The classes a folded word belongs to. */
export function classes(word: string): ReadonlySet<string> {
  const own = classesOf.get(word);
  if (own) return own;
  const singular = word.endsWith("s") ? classesOf.get(word.slice(0, -1)) : undefined;
  return singular?.has("ROLE") ? singular : none;
}

/** Whether the lexicon knows the word. */
export function known(word: string): boolean {
  return classesOf.has(word);
}

/** Every entry of several words, as the list of its words, longest first, under its first word. */
export const compounds: ReadonlyMap<string, string[][]> = (() => {
  const byFirst = new Map<string, string[][]>();
  for (const entry of classesOf.keys()) {
    if (!entry.includes("_")) continue;
    const parts = entry.split("_");
    const first = parts[0] ?? "";
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), parts].sort((a, b) => b.length - a.length),
    );
  }
  return byFirst;
})();
