export type Emoji = { name: string; sign: string };

// A small set that support work needs, served by us; each sign with its name and other words for it.
const table = `
😀 grinning happy smile|😃 smiley happy|😄 smile happy laugh|😁 beaming grin|😅 sweat_smile relief|😂 joy laugh tears|🤣 rofl laugh
🙂 slight_smile|🙃 upside_down|😉 wink|😊 blush smile|😇 halo innocent|🥰 hearts love|😍 heart_eyes love|😘 kiss|😋 yum
😜 tongue_wink|🤗 hug|🤭 giggle oops|🤔 thinking hmm|🤐 zipper_mouth|😐 neutral|😬 grimace awkward|🙄 eye_roll|😴 sleeping
😌 relieved|😔 pensive sad|😕 confused|🙁 slight_frown sad|😮 surprised wow|😯 hushed|😳 flushed|🥺 pleading please|😢 cry sad
😭 sob cry|😤 huff|😠 angry|😡 rage angry|😱 scream|😓 sweat|🤯 mind_blown|🥳 party celebrate|😎 cool sunglasses|🤓 nerd
👍 thumbs_up yes ok good|👎 thumbs_down no bad|👌 ok_hand perfect|✌️ victory peace|🤞 fingers_crossed luck|🤝 handshake deal
👋 wave hello hi bye|👏 clap bravo|🙌 raised_hands hooray|🙏 pray thanks please|💪 muscle strong|👀 eyes look|☝️ point_up
👉 point_right|👈 point_left|👇 point_down|✋ hand stop|🤷 shrug|🤦 facepalm|🙋 raising_hand|💁 info_desk
❤️ heart love|🧡 orange_heart|💛 yellow_heart|💚 green_heart|💙 blue_heart|💜 purple_heart|🖤 black_heart|💔 broken_heart
💯 hundred perfect|🔥 fire|✨ sparkles|🌟 star glowing|⭐ star|🎉 tada party celebrate|🎊 confetti|🎁 gift present|🎂 cake birthday
✅ check done yes|☑️ checkbox|✔️ check_mark|❌ cross no wrong|❗ exclamation|❓ question|⚠️ warning|🚫 prohibited|⛔ no_entry
ℹ️ information|🆕 new|🆗 ok|🔔 bell|🔕 bell_off|💡 idea bulb|🔍 search|🔎 search_right|🔒 lock|🔓 unlock|🔑 key
📦 package parcel delivery|🚚 truck delivery|✈️ plane|🚀 rocket fast|🚗 car|🏠 home house|🏢 office|🏪 shop store|🏥 hospital
📞 phone call|📱 mobile phone|💻 laptop computer|🖥️ desktop|🖨️ printer|⌨️ keyboard|📷 camera|🎧 headphones support
📧 email mail|✉️ envelope letter|📨 incoming_mail|📎 paperclip attachment|📄 page document|📝 memo note|📋 clipboard list|📌 pin
📅 calendar date|🗓️ calendar_spiral|⏰ alarm clock|⏳ hourglass wait|⌛ hourglass_done|🕐 clock time|🔄 refresh again|🔁 repeat
💳 credit_card payment|💰 money_bag|💵 dollar cash|💶 euro cash|🧾 receipt invoice|🏷️ label tag price|🛒 cart shopping|🛍️ bags shopping
📈 chart_up growth|📉 chart_down|📊 chart_bar|🔧 wrench fix tool|🛠️ tools fix|⚙️ gear settings|🐛 bug|🧪 test|🩹 patch
☀️ sun|🌧️ rain|❄️ snow|🌈 rainbow|🌍 earth world|🌱 seedling|🌸 blossom|🍀 clover luck|☕ coffee|🍕 pizza|🍰 cake_slice
`;

const emojis: Emoji[] = table
  .trim()
  .split(/[|\n]/)
  .map((entry) => {
    const [sign = "", ...names] = entry.trim().split(" ");
    return { sign, name: names.join(" ") };
  });

/** The emojis that go by these letters, those whose own name begins with them first. */
export function findEmojis(query: string, most = 8): Emoji[] {
  const wanted = query.toLowerCase();
  const begins = ({ name }: Emoji) => (name.startsWith(wanted) ? 0 : 1);
  return emojis
    .filter(({ name }) => name.split(" ").some((word) => word.includes(wanted)))
    .toSorted((a, b) => begins(a) - begins(b))
    .slice(0, most);
}
