// Chat spellings and contractions, written out.
const list = `
  u=you; ur=your; ya=you; r=are; pls=please; plz=please; plss=please; plox=please; pleas=please;
  plse=please; sum1=someone; some1=someone; sb=somebody; smb=somebody; any1=anyone; sumone=someone;
  sombody=somebody; tlk=talk; spk=speak; ppl=people; gimme=give me; lemme=let me; wanna=want to;
  gonna=going to; gotta=have to; wana=want to; ned=need; speek=speak; speack=speak; caan=can; wnt=want; plaese=please; peple=people; somone=someone; tlking=talking; haz=have; tk=talk; mangr=manager; managr=manager; mnager=manager; wud=would; you'll=you will; we'll=we will; they'll=they will; it'll=it will; he'll=he will; she'll=she will; wan=want; helo=hello; hii=hello; hallo=hello; heya=hello; youll=you will; idk=; tbh=; imo=; smth=something; g'day=hello; cna=can; cn=can; tok=talk; spek=speak; tlak=talk; thru=through; luv=love; shld=should; conect=connect; noone=noone; wht=what; hw=how; sumbody=somebody; smone=someone; smbdy=somebody; sm1=someone; prsn=person; rl=real; humn=human; ur=your; gime=give me; giv=give; mgmt=management; dept=department; kinda=; tryna=trying to; i'd=i would; we'd=we would; i'm=i am; im=i am;
  i've=i have; ive=i have; i'll=i will; cant=can not; can't=can not; cannot=can not; couldnt=could not;
  couldn't=could not; wont=will not; won't=will not; dont=do not; don't=do not; doesnt=does not;
  doesn't=does not; didnt=did not; didn't=did not; isnt=is not; isn't=is not; arent=are not;
  aren't=are not; wasn't=was not; wasnt=was not; wouldn't=would not; wouldnt=would not; haven't=have not;
  havent=have not; hasn't=has not; shouldn't=should not; ain't=not; aint=not; needn't=need not;
  you're=you are; youre=you are; you've=you have; it's=it is; that's=that is; thats=that is;
  there's=there is; theres=there is; who's=who is; whoever's=whoever is; whos=who is; what's=what is; whats=what is;
  where's=where is; wheres=where is; let's=let us; lets=let us; it'd=it would; that'd=that would;
  she'd=she would; he'd=he would; we're=we are; we've=we have; they're=they are; how's=how is; when's=when is;
  y'all=you; yall=you; holla=talk; holler=talk; cuz=because; coz=because; cos=because; bc=because; bcz=because; n=and;
  &=and; hmu=contact me; customerservice=customer service; customercare=customer care;
  realperson=real person; cs=customer service; cust=customer; svc=service; mgr=manager; acct=account;
  shud=should; cud=could; cld=could; wud=would; wld=would; abt=about; tho=; rly=really; w/=with;
  hav=have; hve=have; hooman=human; huma=human; wit=with; wiv=with; ppls=people; reps=reps; grown-up=grownup; co-worker=coworker;
`;

const written = new Map(
  list
    .split(";")
    .map((pair) => pair.trim().split("="))
    .map(([short, full]) => [short ?? "", (full ?? "").split(" ").filter(Boolean)] as const),
);

/** The words that a chat spelling or a contraction stands for, or `undefined`. */
export function writtenOut(word: string): string[] | undefined {
  return written.get(word);
}
