/** What the window fetches once it stands: none of it is needed for the first words. */
export { LeaveAddress } from "./leave-address.tsx";
export { Offering } from "./offering.tsx";
export { RatingCard } from "./rating-card.tsx";
export { Topics } from "./topics.tsx";
