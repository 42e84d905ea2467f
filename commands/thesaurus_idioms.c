/* thesaurus_idioms.c - turns of phrase and what they say in
 * plain words. See thesaurus.c. */
#include "commands/match_index.h"

#include <stddef.h>

/* clang-format off */
const char *const thesaurus_idioms[] = {
    "arm and a leg, cost the earth, cost a fortune, break the bank, daylight robbery, through "
        "the nose > expensive, price, cost",
    "what is the damage, whats the damage, set me back, what do i owe, how many quid, how "
        "many bucks > price, cost, pay, fee",
    "out of pocket, lose my money, get my money back > cost, refund, expenses",
    "make ends meet, strapped, tighten my belt, feel the pinch, count the pennies, shoestring "
        "> afford, money, low income, cheap",
    "on the house, free of charge, wont cost me, without spending, dont charge > free, cost",
    "dirt cheap, for peanuts, going for a song, two for one > cheap, discount",
    "chip in, pass the hat round, have a whip round, bung you a fiver, put in the pot > "
        "donate, contribute, collection",
    "pay my way, go halves, split the bill, pick up the tab > pay, share, cost",
    "sting me, charge me twice, taken from my account, money has gone > payment, refund, "
        "charge",
    "worth my while, worth the money, worth bothering, any point, is it any good, bang for "
        "your buck > worth, benefit, useful, help",
    "call it a day, throw in the towel, knock it on the head, pack it in, jack it in, had "
        "enough of, chuck it in > stop, quit, leave, cancel",
    "get the ball rolling, hit the ground running, dip my toe, give it a whirl, where do i "
        "begin, first port of call > start, begin, join",
    "drop of a hat, jiffy, in no time, before you know it, as soon as possible > quick, soon, "
        "immediately",
    "blue moon, every so often, from time to time, on and off > sometimes, often, "
        "occasionally",
    "round the clock, day and night, 24 7, any hour, out of hours > hours, open, always",
    "nick of time, last minute, short notice, leave it too late, missed the boat > late, "
        "deadline, notice",
    "crack of dawn, first thing, at the start of the day > morning, early",
    "all hours, midnight oil, wee hours, small hours, middle of the night > night, late",
    "donkeys years, for ages, for years, since forever, a long time > long, duration, years",
    "come what may, rain or shine, whatever the weather, chucking it down, bucketing down, "
        "cats and dogs > weather, rain, cancel",
    "end of the tunnel, will it pass, will it end, here to stay, stuck with it, does it ever "
        "go > permanent, forever, recover, cure",
    "what time do you knock off, how late do you go on, when does it wrap up > end, finish, "
        "close, hours",
    "turn up late, a few minutes late, running behind, held up in traffic > late, arrive",
    "is there a next one, when is the next one, next time you meet > next, date, meeting",
    "in the loop, up to speed, in the know, keep me posted, keep up to date, keep abreast, "
        "hear what is going on > news, updates, newsletter, informed",
    "get the word out, spread the word, tell the world, shout about > advertise, promote, "
        "publicity",
    "who do i bug, who do i have to bug, who do i bother, who do i pester, who should i speak "
        "to, who do i ask, who can i talk to, who do i turn to > contact, ask",
    "drop you a line, give you a bell, give you a ring, get hold of somebody, get hold of "
        "someone, get hold of you, reach a human > contact, phone, email",
    "touch base, catch up with, have a word, have a natter, chew the fat > talk, chat, meet",
    "rings a bell, tip of my tongue, gone blank, slipped my mind, mind goes blank, like a "
        "sieve > forget, remember, memory",
    "nutshell, long story short, in plain english, in simple terms, for dummies, gist, bottom "
        "line, boil it down > summary, explain, overview",
    "what is the deal with, whats the deal with, what is the story with, fill me in, what is "
        "this about, whats this about, what even is > explain, describe",
    "about the bush, straight answer, honest answer, tell me straight > honest, truth",
    "grapevine, i heard that, someone told me, is it true that, people say > myth, true",
    "get it off my chest, let off steam, have a moan, have a rant, vent about > talk, "
        "complain, support",
    "kick up a fuss, make a fuss, not happy with, not happy about, speak to the manager, "
        "raise a concern > complaint, complain, report",
    "grass someone up, dob someone in, snitch on, tell on someone, report someone > report, "
        "complaint",
    "lost in translation, double dutch, all greek to me, over my head, go over my head > "
        "understand, explain, jargon, language",
    "head round, head around, make head nor tail, make heads or tails, cant work out, get to "
        "grips with > understand, learn, explain",
    "know the ropes, show me the ropes, find my feet, learn the ropes > learn, beginner, "
        "training, new",
    "shoulder to cry on, someone to lean on, someone in the same boat, people like me, others "
        "like me, not the only one > support, group, friend",
    "toe the line, by the book, the done thing, what is frowned upon, whats frowned upon, get "
        "into trouble, get told off, step out of line > rules, etiquette, allowed",
    "get away with, above board, against the law, get in trouble > legal, allowed, rules",
    "kicked off, kicked out, booted out, chucked out, shown the door, given the boot, struck "
        "off > ban, removed, expelled",
    "green light, thumbs up, give the go ahead, the nod, say so > permission, approve, "
        "allowed",
    "turn away, turn me away, say no to, let me in, let in, turn it away > refuse, entry, "
        "admission, welcome",
    "sign me up, count me in, get on board, put me down for, where do i sign, how do i get "
        "in, be one of you, become part of > join, register, member",
    "jump ship, cut ties, wash my hands of, bow out, part ways, stop being a member, get out "
        "of > leave, cancel, quit",
    "take a back seat, have a breather, take a break from, step away for a while, put it on "
        "ice > pause, break, stop",
    "take me off, stop bugging me, stop pinging me, stop messaging me, leave me alone, stop "
        "sending, no more messages, quit nagging > unsubscribe, stop, pause, mute, "
        "notifications",
    "fly on the wall, just lurk, lurk, just watch, sit in on, only listen, without talking > "
        "listen, watch, observe, join",
    "plus one, bring the kids, bring my other half, bring a mate, bring my mates, drag my "
        "husband along > guest, bring, friend, family",
    "too long in the tooth, past it, over the hill, no spring chicken, at my age, too old for "
        "> age, old, older",
    "two left feet, tone deaf, cant sing for toffee, rubbish at, useless at, never done it "
        "before, no good at, dont know anything about > beginner, experience, ability",
    "roll my sleeves up, pull my weight, muck in, pitch in, do my bit, many hands, give "
        "something back, spare a few hours > volunteer, help, contribute",
    "run the show, call the shots, in charge, top dog, head honcho, who is behind, whos "
        "behind, pulls the strings > organiser, leader, owner, moderator, run",
    "a word in your ear, between you and me, behind closed doors, off the record, keep it to "
        "yourself, hush hush, who will know > private, confidential, secret",
    "big brother, read my messages, know it is me, know its me, know who i am, trace it back "
        "to me, see what i write, see what i say, nosy, prying eyes > privacy, anonymous, see",
    "what do you do with my, what happens to my answers, hang on to my, sell my data, know "
        "about me, got on me, have on file > data, privacy, stored, keep",
    "wipe the slate clean, get rid of everything, forget me, erase all trace, bin my data, "
        "scrub my > delete, remove, data",
    "made a mistake, put the wrong, typed the wrong, changed my mind, change my answer, fat "
        "finger > mistake, change, correct, edit",
    "on the blink, on the fritz, packed up, packed in, conked out, gone kaput, bitten the "
        "dust > broken, fault, repair, problem",
    "gone wrong, acting up, playing up, playing silly beggars, wont work, doesnt work, not "
        "doing anything > broken, fault, repair, problem",
    "up the creek, in a pickle, in a jam, in a fix, in hot water, wits end, dont know what to "
        "do > problem, trouble, help",
    "teething problems, teething troubles, hit a snag, hit a wall, stumbling block > problem, "
        "difficulty",
    "back to square one, start from scratch, start over, from scratch > start, reset",
    "a can of worms, not rocket science, how hard can it be, easy peasy, piece of cake, walk "
        "in the park, plain sailing > easy, difficult",
    "an uphill struggle, hard going, a tall order, easier said than done > difficult, hard",
    "falls through the cracks, heard nothing back, nobody replied, no reply, no one answers, "
        "radio silence, ghosted > reply, answer, wait",
    "bite the dust, kick the bucket, pop my clogs, pushing up daisies, drop dead, is it "
        "terminal, going to kill me > die, death, fatal, dangerous, serious",
    "chuck it in the bin, chuck it out, bin it, take to the tip, down the tip, get shot of, "
        "shift it, have no use for, throw it away > throw away, dispose, rubbish, recycle",
    "spick and span, spring clean, a lick of paint, good as new > clean, tidy, repair",
    "gathering dust, take it off my hands, off my hands, find a new home, a good home, lying "
        "around, sitting in my garage, give it away > donate, give away, unwanted",
    "where do you keep, where is the stuff kept, where do i put > store, storage",
    "hang up my coat, leave my stuff, stash my bag > storage, bag, locker, cloakroom",
    "middle of nowhere, back of beyond, off the beaten track, out in the sticks > location, "
        "far, remote, transport",
    "stones throw, round the corner, up the road, down the road, on my doorstep, within "
        "walking distance > near, close, local, distance",
    "how do i find you, how do i get to you, where are you lot, where abouts, whereabouts > "
        "location, address, place, venue, meet, directions",
    "where do you hang out, where do i go, where does it happen, where is it held > location, "
        "address, place, venue, meet, directions",
    "get from a to b, make my own way, hitch a lift, cadge a lift, pick me up, without "
        "wheels, dont drive > lift, transport, travel",
    "leave the car, dump the car, stick the car, somewhere to park, space for the car > "
        "parking, car",
    "spend a penny, powder my nose, need a wee, ladies and gents, call of nature, little "
        "girls room, the bathroom, the john > toilet, facilities",
    "grab a bite, something to nibble, wet my whistle, fancy a cuppa, a brew, get fed, feed "
        "us > food, drink, refreshments",
    "get there under my own steam, cant manage stairs, dodgy knees, bad legs, cant stand for "
        "long, in a chair, use a stick > accessible, wheelchair, disabled, mobility",
    "warm enough, catch a chill, wrap up warm, brass monkeys, perishing, baltic > cold, warm, "
        "heating, clothes",
    "hot as an oven, sweltering, boiling in here, like a sauna > hot, heat",
    "what do i need to bring, turn up empty handed, what should i pack, need to have with me, "
        "own stuff > bring, equipment",
    "dolled up, smart casual, sunday best, black tie, dress to impress, what do people wear, "
        "come as i am, turn up in jeans > dress code, clothes, wear",
    "tie the knot, get hitched, walk down the aisle > wedding, marriage",
    "bun in the oven, in the family way, up the duff, having a baby, trying for a baby > "
        "pregnant, pregnancy, baby",
    "little ones, rug rats, ankle biters, bring my brood, bairns, sprogs > children, kids, "
        "baby",
    "mans best friend, four legged friend, furry friend, my mutt, fur baby > dog, pet, animal",
    "under the weather, off colour, out of sorts, feel rough, feel rotten, feel lousy, "
        "feeling ropey, feel grim, not feeling great, not feeling myself > sick, unwell, "
        "symptoms",
    "right as rain, fit as a fiddle, in the pink, back on my feet, on the mend, back to "
        "normal > recover, better, cure, healthy",
    "back to my old self, shake it off, get over it, get over this, kick this > recover, "
        "better, cure, healthy",
    "bounce back, turn the corner, over the worst, out of the woods > recover, improve",
    "run out of steam, run out of puff, no get up and go, dead on my feet, out of juice, dog "
        "tired, running on empty > tired, exhausted, fatigue, energy",
    "fit to drop, fit for nothing, zonked, cream crackered, done in, battery is flat, hit the "
        "wall > tired, exhausted, fatigue, energy",
    "toss and turn, count sheep, get off to sleep, get to sleep, nod off, drop off at night, "
        "wide awake > sleep, insomnia, night",
    "sleepless nights, hit the hay, hit the sack, get some shuteye, wink of sleep, staring at "
        "the ceiling > sleep, insomnia, night",
    "killing me, in bits, in agony, giving me gyp, playing me up, giving me grief, like being "
        "hit by a bus, hit by a truck, everything hurts, black and blue > pain, hurt, sore, "
        "symptoms",
    "take the edge off, take my mind off, get some relief, dull the pain, make it stop, make "
        "it bearable > relief, ease, reduce, help, treatment",
    "head in a fog, head full of cotton wool, cotton wool, cant think straight, lose my train "
        "of thought, lose the thread, all over the place, brain like mush, words wont come > "
        "memory, concentrate, confusion, thinking",
    "down in the dumps, feeling blue, at a low ebb, cant face, fed up, in a dark place, bit "
        "low, black dog, tearful > sad, depressed, mood",
    "bag of nerves, butterflies in my stomach, worried sick, worrying myself sick, freak out, "
        "on edge, climbing the walls, head is spinning > anxiety, worry, nervous, stress",
    "stressed out, pull my hair out, tether, on my plate, wound up, breaking point, snowed "
        "under, rushed off my feet, cant cope > stress, cope, pressure, overwhelmed",
    "see red, lose my rag, blow my top, fly off the handle, wind me up, hit the roof > angry, "
        "anger, argument",
    "over the moon, cloud nine, cheer me up, in high spirits > happy, mood",
    "take it easy, put my feet up, chill out, wind down, switch off, let my hair down, switch "
        "it off > relax, rest, calm",
    "bite off more than i can chew, burn the candle, push through, pushed myself, went too "
        "hard, go overboard, flat out, paying for it, pay for it later > overdo, too much, "
        "rest, pace",
    "take each day, one day at a time, baby steps, slow and steady, ease into it, build up "
        "slowly, bit at a time > pace, gradual, slow, cope",
    "get moving, get off the sofa, get off my backside, break a sweat, work up a sweat, shift "
        "my bones, hit the gym, get in shape, stay in shape > exercise, active, fitness, "
        "movement",
    "seize up, as a board, wont bend, creaking, rusty gate, set in stone, take ages to loosen "
        "> stiff, joint",
    "all in my head, making it up, making a fuss, putting it on, swinging the lead, is it "
        "even real > real, believe, recognised, proof",
    "a real thing, just lazy, wont believe me, nobody believes, take me seriously > real, "
        "believe, recognised, proof",
    "what is wrong with me, whats wrong with me, is it normal to, how would i know, how can i "
        "tell, how can you tell, what gives it away, give aways > symptoms, signs, diagnosis",
    "put a name to, get to the bottom of, pin it down, find out what it is, how do they work "
        "it out, how do docs know, can they tell, show up on, prove i have > diagnosis, "
        "diagnose, test",
    "sent from pillar to post, passed around, which doctor, who do i see, who should i see, "
        "what sort of doctor, what kind of doctor > doctor, specialist, referral",
    "run in the family, in the blood, get it from my mum, from my parents, hand it down, will "
        "my kids get it, pass it on to my, born with > genetic, hereditary, family, inherited",
    "catch it off, catch it from, give it to someone, give it to my, going round, pick it up "
        "from > contagious, infectious, catch",
    "set it off, bring it on, where did it come from, come out of nowhere, did i do "
        "something, why me, my own fault, what is behind it > cause, trigger, reason",
    "flare up, bad patch, rough patch, bad day, bad spell, having a flare, got worse again, "
        "come back with a vengeance > flare, relapse, worse, symptoms",
    "take a turn for the worse, go downhill, get out of hand, only get worse, end up in a, "
        "how bad can it get, how bad does it get > worse, progress, severe, outlook",
    "die from it, die of it, kill you, shorten my life, live a normal life, live to be old > "
        "life expectancy, fatal, dangerous, outlook",
    "pop pills, something from the chemist, over the counter, off the shelf, on prescription, "
        "what can i take for, what do they give you, jabs for > medication, drug, treatment, "
        "tablet",
    "old wives remedy, without drugs, without pills, without tablets, drug free, other than "
        "drugs, hippy stuff, alternative stuff > natural, alternative, remedy, complementary",
    "kill or cure, magic bullet, silver bullet, miracle cure, fix it for good, get shot of "
        "it, be rid of it, make it go away > cure, treatment",
    "watch what i eat, eat properly, off my food, should i cut out, eat or avoid, good grub, "
        "what should i eat, sweet tooth > diet, food, eat",
    "pile on the pounds, shift the weight, lose a few pounds, spare tyre > weight, diet",
    "drop of the hard stuff, a tipple, a few pints, hair of the dog, a glass of wine, have a "
        "drink, go to the pub > alcohol, drink, beer",
    "signed off, off work, call in sick, pull a sickie, keep my job, tell my boss, hold down "
        "a job, still work > work, job, employer, sick leave",
    "jack of all trades, know your onions, old hand, dab hand, wet behind the ears, green "
        "around the ears > experience, skill, beginner",
    "lend me your ears, burn my ears, prick up > listen, hear",
    "rule of thumb, ballpark figure, roughly speaking, give or take, more or less > estimate, "
        "average, guess",
    "across the board, every single one, the whole lot, lock stock and barrel, one and all > "
        "everyone, everything",
    "apples and oranges, chalk and cheese, one and the same, same difference, same thing as, "
        "another name for, is it the same as > difference, compare",
    "what sets apart, how do they differ, which is which, mix them up, mistake it for > "
        "difference, distinguish, compare",
    "safe as houses, play it safe, will it hurt me, do me harm, do any harm, do any damage, "
        "anything to worry about > safe, dangerous, risk, harm",
    "better safe than sorry, nip it in the bud, stop it happening, stop it coming back, keep "
        "it at bay, ward it off, guard against > prevent, avoid",
    "just in case, if anything goes wrong, if i get hurt, in an emergency, worst case, if "
        "something happens > insurance, emergency, safety",
    "cutting edge, state of the art, in the pipeline, on the horizon, latest thinking, "
        "anything new, whats new > research, new, latest, future",
    "the jury is out, clutching at straws, snake oil, proof of the pudding, does it really "
        "work, any truth in, hard evidence > evidence, proof, effective, research",
    "put my mind at rest, set my mind at ease, should i panic, reason to worry > worry, safe",
    "ships in the night, new faces, meet folk, meet new folk, make mates, billy no mates, "
        "know anybody > friends, meet, social, lonely",
    "kill time, keep me busy, something to do, get out of the house > activity, hobby, social",
    "do the trick, hit the spot, do the job, make the grade, up to scratch, pass muster > "
        "effective, suitable, standard",
    "best of the bunch, cream of the crop, top notch, bees knees > best, recommend, quality",
    "past its best, had its day, seen better days, on its last legs, long in the tooth > old, "
        "replace, broken",
    "bits and bobs, odds and ends, bits and pieces, the doings > equipment, parts",
    "thingy, thingamajig, whatsit, doodah, gizmo > device, tool, equipment",
    "ten a penny, hens teeth, how many people have, how many of us, am i alone, only me > "
        "common, rare, prevalence, people",
    "all the rage, flavour of the month > popular, trend",
    "drop in the ocean, tip of the iceberg, a fair few, umpteen, oodles > number, amount",
    "first come first served, jump the queue, bag a place, bag a spot, save me a seat, "
        "squeeze me in, any room left, any spots left, get a slot > book, reserve, places, "
        "waiting list, full",
    "pull out, cry off, back out, cant make it, not coming, have to bail, something came up, "
        "wont be there > cancel, absence, miss, attend",
    "strength in numbers, how big is, how many of you > members, number, size",
    "turn a blind eye, sweep under the carpet, brush under the carpet > ignore, report",
    "pick your brains, any pointers, words of wisdom, any hacks, got any tips, what works for "
        "you, what has worked > advice, tips, help",
    "get the hang of, practice makes perfect, brush up on, get up to scratch > practise, "
        "learn, improve, training",
    "food for thought, sleep on it, in two minds, sit on the fence, make my mind up > decide, "
        "choose, think",
    "cut to the chase, cut corners, quick fix, short cut > quick, easy",
    "bad apple, pain in the neck, nasty piece of work, being horrible, having a go at me, "
        "creeping me out, creep, troll > abuse, bully, harass, report, behaviour",
    "kick someone out, boot someone out, get someone banned, what happens if i break > ban, "
        "rules, remove",
    "log on, get on the system, wont let me in, let me back in, locked me out > login, "
        "password, account, access",
    "gone missing, gone walkabout, cant find my, where did i leave, left my, dropped my, left "
        "behind > lost, lost property, missing",
    "light fingered, nicked my, walked off with > stolen, theft",
    "lend me, can i have a lend, take home, take it home, borrow off you > borrow, loan, hire",
    "bring it back, hang on to it, keep it longer, need it longer, ran over the date > "
        "return, renew, overdue",
    "powers that be, higher ups, the bigwigs, top brass > committee, management, leader",
    "red tape, jump through hoops, rigmarole, paper trail > paperwork, form, process, apply",
    "crunch numbers, how did we do, how is everyone doing, hows everyone doing, how many "
        "said, what did people say > results, summary, statistics, answers",
    "real person, am i talking to a, is anyone there, who am i talking to, flesh and blood, "
        "made of > bot, robot, human, automated",
    "what can you do, what are you for, what do you know, what can i ask, what else can you, "
        "your commands > commands, help, bot",
    "when does it start, when does it begin, when does it kick off, when do you start, when "
        "do things start > time, start, begin, hours",
    "collapsed, not breathing, passed out, had an accident, been an accident, bleeding badly, "
        "broke his leg > emergency, first aid, ambulance, accident",
    "chuck, toss, lob, sling, throw it away > throw away, bin, dispose, rubbish",
    "keep me in the loop, keep us in the loop, stay in the loop, stay in touch > news, "
        "updates, newsletter, contact",
    NULL,
};
/* clang-format on */
