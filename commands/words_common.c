/* words_common.c - everyday words: typo repair leaves them and their inflections
 * alone. See words.h.
 */
#include "commands/words.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
const char *const words_common[] = {
    "able", "above", "absolutely", "accept", "account", "across", "act", "add", "afraid",
    "afternoon", "age", "ago", "agree", "air", "allow", "almost", "alone", "along",
    "already", "always", "amount", "angry", "animal", "answer", "apart", "app", "apple",
    "april", "area", "arm", "arrive", "ask", "asleep", "aspirin", "asthma", "attack",
    "august", "aunt", "autumn", "away", "awful", "baby", "back", "bad", "bag", "ball",
    "banana", "bank", "basically", "bath", "battery", "beach", "bean", "bear", "beat",
    "beautiful", "become", "bed", "bedroom", "beer", "begin", "behind", "believe", "bell",
    "belong", "below", "best", "better", "between", "big", "bike", "bill", "bingo",
    "bird", "birthday", "biscuit", "bit", "black", "blame", "bless", "blow", "blue",
    "boat", "body", "boil", "bone", "book", "bored", "boring", "born", "boss", "both",
    "bother", "bottle", "bottom", "bowl", "box", "boy", "boyfriend", "brain", "brave",
    "bread", "break", "breakfast", "breath", "brilliant", "bring", "broken", "brother",
    "brown", "brush", "bucket", "build", "burn", "bus", "business", "busy", "buy", "cake",
    "call", "calm", "camera", "cancer", "car", "card", "care", "carpet", "carrot",
    "carry", "cat", "catch", "cause", "chair", "chance", "change", "chat", "cheap",
    "check", "cheers", "cheese", "chest", "chicken", "child", "chocolate", "choose",
    "christmas", "church", "city", "class", "clean", "clear", "clever", "climb", "clinic",
    "clock", "close", "cloth", "cloud", "coat", "codeine", "coffee", "cold", "colour",
    "come", "common", "company", "complete", "computer", "condition", "control", "cook",
    "cool", "copy", "corner", "correct", "cost", "couch", "cough", "country", "couple",
    "course", "cousin", "cover", "crazy", "cricket", "cross", "cry", "cup", "curry",
    "curtain", "cut", "dad", "daily", "damp", "dance", "danger", "dark", "date",
    "daughter", "day", "dead", "deal", "dear", "death", "december", "decide", "deep",
    "definitely", "deliver", "dentist", "desk", "diabetes", "diesel", "dinner", "dirty",
    "dish", "doctor", "dog", "door", "double", "doubt", "down", "dream", "dress", "drink",
    "drive", "drop", "drug", "dry", "due", "dust", "ear", "early", "earth", "easy", "eat",
    "eczema", "edge", "effect", "egg", "eight", "elbow", "eleven", "email", "empty",
    "end", "energy", "engine", "enjoy", "enough", "enter", "evening", "event", "exact",
    "exam", "example", "except", "expect", "explain", "eye", "face", "fact", "fail",
    "fair", "fall", "family", "far", "farm", "fast", "fat", "father", "fault", "fear",
    "february", "feel", "few", "field", "fight", "figure", "fill", "film", "final",
    "find", "fine", "finger", "finish", "fire", "first", "fish", "fit", "five", "fix",
    "flat", "flight", "floor", "flower", "fly", "fold", "folks", "follow", "food", "fool",
    "foot", "football", "force", "forest", "forget", "form", "forward", "four", "free",
    "fresh", "friday", "fridge", "friend", "front", "fruit", "full", "fun", "funny",
    "future", "game", "garden", "gentle", "girl", "girlfriend", "give", "glad", "glass",
    "god", "gold", "goldfish", "golf", "good", "gout", "gran", "grand", "grandad",
    "grandma", "grandpa", "granny", "grass", "gray", "great", "green", "ground", "group",
    "grow", "guess", "guest", "guide", "gun", "guy", "guys", "habit", "haha", "hair",
    "half", "hall", "hammer", "hamster", "hand", "hang", "happen", "happy", "hard", "hat",
    "hate", "head", "health", "hear", "heart", "heat", "heavy", "height", "help",
    "hernia", "hide", "high", "hill", "hit", "hold", "hole", "holiday", "home", "honest",
    "honestly", "hooray", "hope", "horrible", "horse", "hospital", "hot", "hotel", "hour",
    "house", "huge", "human", "hundred", "hungry", "hurrah", "hurry", "hurt", "husband",
    "ibuprofen", "ice", "idea", "ill", "imagine", "important", "inside", "interest",
    "internet", "iron", "island", "issue", "jacket", "january", "job", "join", "joke",
    "july", "jump", "june", "keep", "kettle", "key", "kick", "kid", "kill", "kitchen",
    "kitten", "knee", "knife", "knock", "ladder", "lady", "lake", "land", "language",
    "laptop", "large", "last", "late", "later", "laugh", "lawn", "lazy", "lead", "league",
    "learn", "least", "leave", "left", "leg", "lemon", "lend", "less", "letter", "level",
    "lie", "life", "lift", "light", "line", "lip", "list", "listen", "literally",
    "little", "live", "load", "local", "lock", "lol", "long", "look", "loose", "lose",
    "loud", "love", "lovely", "low", "luck", "lunch", "machine", "mad", "mail", "main",
    "make", "malaria", "man", "manage", "map", "march", "mark", "market", "marry",
    "match", "mate", "matter", "meal", "mean", "measles", "measure", "meat", "medical",
    "meet", "meh", "memory", "mend", "mess", "message", "metal", "middle", "migraine",
    "mild", "milk", "mind", "minute", "mirror", "miss", "mistake", "mix", "mobile",
    "moment", "monday", "money", "month", "mood", "moon", "morning", "morphine", "mother",
    "mountain", "mouse", "mouth", "move", "mum", "mumps", "muscle", "music", "nail",
    "name", "nan", "naproxen", "narrow", "nature", "near", "nearly", "neck", "needle",
    "neighbour", "nerve", "never", "new", "news", "next", "nice", "night", "nine",
    "noise", "none", "normal", "north", "nose", "note", "nothing", "notice", "november",
    "number", "nurse", "nut", "obviously", "ocean", "october", "offer", "office", "often",
    "oil", "old", "once", "onion", "oops", "open", "opinion", "orange", "order", "ouch",
    "outside", "oven", "over", "pack", "page", "paid", "pain", "paint", "pair", "pan",
    "paper", "paracetamol", "parent", "park", "parking", "parrot", "part", "partner",
    "party", "pass", "password", "past", "pasta", "path", "patient", "patio", "pay",
    "peace", "pen", "perfect", "person", "pet", "petrol", "phone", "photo", "pick",
    "picture", "piece", "pig", "pill", "pillow", "pin", "pink", "pizza", "place", "plain",
    "plan", "plane", "plant", "plate", "play", "pleasant", "plenty", "pocket", "point",
    "police", "poor", "post", "potato", "pound", "power", "practise", "prefer", "present",
    "press", "pretty", "price", "print", "private", "prize", "probable", "probably",
    "problem", "profile", "program", "promise", "proper", "proud", "psoriasis", "public",
    "pull", "punch", "puppy", "pure", "push", "quarter", "queen", "question", "quick",
    "quiet", "quiz", "rabbit", "rain", "raise", "reach", "read", "ready", "real",
    "reason", "red", "refuse", "remember", "remove", "rent", "repair", "repeat", "reply",
    "report", "rest", "result", "return", "rice", "rich", "ride", "right", "ring", "rise",
    "risk", "river", "road", "rock", "roll", "roof", "room", "rope", "rough", "round",
    "rubbish", "rugby", "rule", "run", "rush", "sad", "safe", "sail", "salad", "salt",
    "sand", "sandwich", "saturday", "save", "scale", "scan", "scare", "school", "science",
    "score", "screen", "screw", "sea", "season", "seat", "second", "secret", "sell",
    "send", "sentence", "separate", "september", "serious", "serve", "set", "seven",
    "several", "sew", "shake", "shame", "shape", "share", "sharp", "sheep", "sheet",
    "shine", "ship", "shirt", "shock", "shoe", "shoot", "shop", "short", "shoulder",
    "shout", "show", "shower", "shut", "sick", "side", "sign", "silence", "simple",
    "sing", "single", "sister", "sit", "six", "size", "skin", "skirt", "sky", "sleep",
    "slide", "slip", "slow", "small", "smart", "smell", "smile", "smoke", "smooth",
    "snow", "social", "sofa", "soft", "solve", "son", "song", "soon", "sorry", "soul",
    "sound", "soup", "south", "space", "speak", "special", "speed", "spell", "spend",
    "spoil", "spoon", "sport", "spot", "spread", "spring", "square", "stage", "stair",
    "stamp", "stand", "star", "start", "state", "station", "stay", "steal", "steam",
    "steep", "step", "stick", "stiff", "stomach", "stone", "stop", "store", "storm",
    "story", "straight", "strange", "street", "stretch", "strike", "string", "strong",
    "student", "study", "stuff", "stupid", "suck", "sudden", "sugar", "suit", "summer",
    "sun", "sunday", "sure", "surprise", "swallow", "sweep", "sweet", "swim", "table",
    "tail", "take", "talk", "tall", "taste", "tea", "teach", "team", "tear", "teeth",
    "ten", "tennis", "tense", "tent", "term", "terrible", "test", "text", "thank",
    "thick", "thief", "thin", "think", "third", "thirst", "thousand", "three", "throat",
    "through", "throw", "thursday", "thx", "ticket", "tidy", "tie", "tight", "time",
    "tin", "tiny", "tip", "tire", "title", "toast", "today", "toe", "together", "toilet",
    "tomato", "tomorrow", "tone", "tongue", "tonight", "tooth", "top", "total", "touch",
    "toward", "towel", "tower", "town", "toy", "train", "tramadol", "tree", "trick",
    "trip", "trouble", "trousers", "true", "trust", "truth", "try", "tube", "tuesday",
    "turn", "twelve", "twice", "twin", "two", "type", "ugh", "ugly", "ulcer", "umbrella",
    "uncle", "under", "understand", "unit", "until", "update", "upset", "urgent", "usual",
    "valley", "value", "van", "vegetable", "video", "view", "village", "visit", "vodka",
    "voice", "wait", "wake", "walk", "wall", "war", "warm", "wash", "waste", "watch",
    "water", "wave", "way", "weak", "wear", "weather", "website", "wedding", "wednesday",
    "weeds", "week", "weekend", "weigh", "weight", "weird", "west", "wet", "wheel",
    "whisky", "white", "whole", "wide", "wife", "wild", "win", "wind", "window", "wine",
    "wing", "winter", "wipe", "wire", "wise", "wish", "within", "without", "woman",
    "wonder", "wood", "wool", "word", "work", "world", "worry", "worse", "worst", "worth",
    "wound", "wow", "write", "wrong", "yard", "yay", "year", "yellow", "yesterday",
    "young", "zero",
    NULL
};
/* clang-format on */

static int compare_word(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static bool is_listed(const char *word)
{
    size_t count = sizeof words_common / sizeof *words_common - 1;
    return bsearch(word, words_common, count, sizeof *words_common, compare_word) != NULL;
}

/* `word` without its last `cut` letters, plain, with an e, or undoubled. */
static bool is_base(const char *word, size_t cut)
{
    char base[WORD_LEN];
    size_t len = strlen(word);
    if (len < cut + 2 || len >= WORD_LEN)
        return false;
    memcpy(base, word, len + 1);
    base[len - cut] = '\0';
    if (is_listed(base))
        return true;
    if (base[len - cut - 1] == base[len - cut - 2]) {
        base[len - cut - 1] = '\0';
        return is_listed(base);
    }
    base[len - cut] = 'e';
    base[len - cut + 1] = '\0';
    return cut > 0 && is_listed(base);
}

bool word_is_common(const char *word)
{
    static const char *const endings[] = {"s", "d", "r", "es", "ed", "er", "ly", "ing"};
    if (is_listed(word))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(word), cut = strlen(endings[i]);
        if (len > cut && strcmp(word + len - cut, endings[i]) == 0 && is_base(word, cut))
            return true;
    }
    return false;
}
