/** Concepts that questions of every kind share: time, place, amount, manner; the notation is explained in `lexicon.ts`. */
export const general = `
duration : how long, when do i get, when will i get, when do i receive, when will i receive, when will my, when does my, how many days, how many weeks, how many hours, how soon, how quickly, takes how long, working days, business days, within days, hours, days, weeks, minutes, time frame, timeframe, what time frame, take to, until when, usually takes, takes up to, at the latest
when : what time, when can, when will, when is, when does, when do, when should, which day, opening time, from pm, until pm, am, pm, at what time, date
eligibility : who can, can i get, am i eligible, eligible, requirement, requirements, conditions, qualify, entitled, must be, you need, do i need, what do i need, required, necessary
document = document, documents, papers, paperwork, form, certificate, letter, form to fill
early = early, earlier, before, ahead, in advance, sooner, premature
later = later, after, postpone, defer, delay, longer, extend
night = night, at night, overnight, midnight, 24 hours, day and night, evening, morning, 2 in the morning, round the clock, after hours, after work, late arrival
large-group = group, many people, several people, bulk, mass, multiple, several, batch
compare = difference between, compare, comparison, versus, vs, which one, better, best
size-change = increase, raise, higher, more, bigger, extend, expand, enlarge
reduce = reduce, lower, decrease, less, smaller, fewer, shrink
vehicle = car, vehicle, van, auto, motorcycle, scooter, rental car, rent a car
health = doctor, health, medical, medicine, prescription, patient, clinic, hospital, ill, sick, illness, sickness, pregnant, treatment
course = course, lesson, class, training, workshop, webinar, tutorial, exam, exam date, certificate
job = job, career, apply, application, vacancy, hiring, work for you, position, internship
leave-days = vacation days, annual leave, day off, days off, paid leave, time off, sick leave, sick note, holiday request
event-ticket = ticket, tickets, concert, event, admission, entry, seat, show
energy = electricity, power, gas, meter, meter reading, energy, kwh, heating
property = flat, apartment, house, home, rent, tenant, landlord, lease, deposit, key
weather = weather, rain, snow, storm, wet, cold, strike
guide = guide, instructions, manual, tutorial, documentation, how-to, step by step, handbook
emergency = emergency, urgent, urgently, immediately, at once, straight away, right away, now
`;
