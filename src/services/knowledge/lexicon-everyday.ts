/** Plain synonyms of everyday English, for questions from any trade; the notation is explained in `lexicon.ts`. */
export const everyday = `
begin - begin, start, commence, launch, open, get going, kick off, beginning, first day, effective
finish - finish, end, stop, complete, completion, conclude, over, last day, final, closing, close
buy - buy, purchase, order, acquire, shop, bought, obtain ~ order
sell - sell, sale, resell, sold, offer, stock ~ buy
rent - rent, hire, lease, rental, borrow, loan out, renting, hiring
get-receive - receive, get, obtain, collect, be given, come in, arrive, receipt
send-out - send, mail, post, forward, submit, hand in, transmit, deliver, sent
ask-for - request, ask for, apply for, application, order, demand, claim
keep-hold - keep, retain, hold, store, preserve, maintain, stay
leave-go - leave, depart, exit, go away, get out, quit, move out
wait - wait, waiting, waited, queue, waiting list, hold on, be patient ~ late
put-off - postpone, reschedule, delay, defer, move to another, shift, rebook, another day, different day ~ rebook
absent - absent, away, not there, not at home, holiday, cannot make it, not make it, not show up, does not show, no-show, not come, cannot attend, stay away, unable to attend ~ cancel, missed
attend - attend, attendance, participate, take part, join, present, come to, visit
show-tell - show, display, present, see, view, look up, check, read, find out, where can i see
tell-report - report, tell, notify, inform, announce, let you know, announce, declare, communicate, submit
choose - choose, select, pick, option, decide, choice, prefer
allow - allowed, allow, permitted, permit, may, okay to, can i bring, forbidden, prohibited, welcome, rule, rules
need-must - required, require, necessary, must, compulsory, mandatory, obligatory, have to, need to bring
increase - increase, raise, rise, higher, more, go up, put up, price rise, rises, raised, grow
decrease - decrease, reduce, lower, less, go down, cut, drop, shrink, too high
split - split, divide, share, separate, part, several
combine - combine, merge, together, join, both, add up, at the same time, accumulate
fill - fill, full, refill, fill up, refuel, top up, empty, used up
take-off-list - remove, take off, drop, leave out, exclude, without, omit, skip, no
wrong-mistake - wrong, mistake, incorrect, error, false, not right, inaccurate, misspelled, typo, by mistake
correct - correct, right, fix, put right, rectify, amend ~ edit
choose-time - time, date, day, hour, moment, slot, appointment time
deadline - deadline, due, due date, latest, last day, until when, by when, cut-off, cutoff, closing date, time limit, in time, no later than, until, how early, ahead, before ~ when
too-late - too late, late, missed, after the deadline, past, overdue ~ deadline
appointment - appointment, visit, consultation, session, slot, meeting, check-up, checkup ~ booking
spot - spot, place, seat, slot, space, vacancy, room for, full, fully booked
repeat - repeat, again, retake, redo, once more, second time, another try, renew, retry, resit
fail-test - fail, failed, not pass, pass, passed, flunk
exam - exam, test, examination, quiz, assessment, final test ~ course
certificate - certificate, diploma, certification, degree, credential, proof, transcript ~ document
lesson - lesson, class, course, lecture, training, tutorial, session, workshop, seminar, module, programme
teacher - teacher, trainer, instructor, coach, tutor, lecturer
student-learner - student, pupil, learner, participant, trainee, attendee
doctor - doctor, physician, gp, practice, surgery, clinic, practitioner, consultant, specialist, dentist, therapist, nurse
medicine - medicine, medication, pill, pills, tablet, tablets, drug, drugs, prescription, prescribe, e-prescription, pharmacy, chemist, remedy, dose
ill - ill, sick, illness, sickness, pain, acute, injury, injured, hurt, disease, unwell, fever
patient - patient, treatment, therapy, treat, medical, health
lab-result - result, results, findings, value, values, laboratory, lab, blood test, blood, sample, test result
meal - meal, dish, dishes, food, dinner, lunch, breakfast, pizza, burger, supper, takeaway, order of food, menu, eat, starving, fries, drink, drinks, dessert
restaurant - restaurant, kitchen, cook, chef, cafe, diner, canteen, bar
allergy - allergy, allergen, allergens, allergic, intolerance, contain, contains, ingredient, ingredients, nuts, gluten, lactose, traces, vegan, vegetarian
cold-warm - cold, cool, warm, hot, temperature, heat, heating, freezing, lukewarm
courier - courier, rider, driver, deliverer, delivery man, delivery person, messenger, postman, carrier ~ delivery
guest-friend - guest, friend, buddy, companion, visitor, partner, wife, husband, spouse, girlfriend, boyfriend, plus one, someone along, family member
family - family, wife, husband, spouse, partner, parents, mother, father, son, daughter, child, children, kid, relative
young - young, under, age, years old, minor, youth, teen, 21, 18, 16, junior
old-person - old, senior, elderly, pensioner, retired, aged
man-woman - man, woman, person, someone, somebody, individual
gym - gym, fitness, studio, fitness studio, training, workout, exercise, sport, sports club, machines
break-rest - break, pause, rest, interruption, freeze, hold, time out, away ~ pause
electricity - electricity, power, current, electric, energy, mains, light, lights, lights out, dark, no power, blackout, power cut, power outage, fuse
gas-heat - gas, heating, boiler, heat, radiator
meter - meter, counter, reading, meter reading, gauge
consumption - consumption, use, usage, consume, used, estimate, estimated, guess, guessed
supplier - supplier, provider, vendor, company, operator, utility, grid
instalment - instalment, installment, instalments, monthly payment, monthly amount, monthly rate, advance payment, each month, part payment ~ payment, monthly
surplus - surplus, credit, excess, overpaid, overpayment, too much, remainder, rest, balance ~ refund
yearly-bill - annual statement, yearly bill, annual bill, settlement, final bill ~ invoice
water-damage - flood, flooded, flooding, leak, burst pipe, water damage, storm damage, fire
accident - accident, crash, collision, drove into, hit my, bumped, dent ~ damaged, claim
burglary - burglary, burglar, break-in, broke in, robbery, robbed, theft, police report ~ theft
claim - claim, report damage, damage report, insured event, loss, settle, compensation ~ insurance
premium - premium, contribution, insurance price, rate
deposit - deposit, security, caution, security money, security deposit, bond, blocked sum, block, hold on my card, released, release
sum - sum, amount, money, figure, total, value, price
fuel - fuel, petrol, gas, diesel, tank, refuel, refuelling, fill it up, full tank, empty tank, charge level
car - car, vehicle, automobile, van, auto, ev, electric car, truck, rental car, wheels
drive - drive, driver, driving, driving licence, license, licence, driving test, steer, behind the wheel
licence - licence, license, driving licence, permit, driver's license
house - house, home, flat, apartment, residence, property, building, household, dwelling, neighbourhood, street
landlord - landlord, tenant, lessor, owner of the flat, housing company, caretaker, property manager
furniture - furniture, sofa, couch, table, chair, bed, wardrobe, shelf, mattress
machine - machine, appliance, device, equipment, unit, washing machine, dishwasher, fridge, oven
film - film, movie, video, clip, series, show, episode, lesson video, recording
picture-quality - quality, blurry, blurred, pixelated, resolution, sharp, hd, unclear, buffering, buffers, does not play, not playing, keeps loading, stutters, choppy
subtitle - subtitle, subtitles, caption, captions, closed captions, transcript
offline - offline, without internet, no internet, on the train, on the plane, download for later, save for later, without connection
book-read - book, ebook, e-book, reader, magazine, read, library
music - music, song, album, playlist, audio, track
game - game, player, level, score, gaming
pool-sauna - pool, swim, swimming, sauna, spa, wellness, shower, changing room, locker
hair-beauty - hair, salon, haircut, nails, massage, beauty
money - money, cash, funds, euros, dollars, sum, cents, coins
salary - salary, wage, pay, paycheck, payslip, bonus, overtime
boss - boss, manager, supervisor, superior, head, lead
office - office, desk, workplace, headquarters, reception, front desk, counter
letter - letter, post, mail, by post, envelope, in writing, written
form - form, paper, document, application form, sheet, questionnaire
signature - signature, sign, signed, e-signature, autograph
copy - copy, duplicate, printout, print, photocopy, download, pdf
photo - photo, picture, image, photograph, snapshot, scan, upload a photo
map - map, location, route, directions, way, find you, where is
traffic - bus, train, tram, underground, subway, public transport, station, transport
noise - noise, loud, quiet, sound, disturb, neighbours
dirt - dirty, clean, cleaning, stain, mess, hygiene, wash
key-door - key, keys, door, lock, entrance, access code, gate, lockbox
rubbish - rubbish, garbage, trash, waste, bin, recycling
colour - colour, color, colours, shade, black, white, red, blue, green
big-small - big, large, small, tiny, huge, size, dimensions, bigger, smaller
quick - quick, quickly, fast, soon, rapid, prompt, at once, immediately, straight away, instantly ~ express
safe-danger - safe, danger, dangerous, risk, secure, hazard
legal - legal, law, lawful, rights, court, liability, terms, legally
vote-opinion - opinion, feedback, survey, vote, review, rate, rating
`;
