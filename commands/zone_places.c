/* zone_places.c - see zone_places.h. Data only. */
#include "commands/zone_places.h"

#include <stddef.h>

/* clang-format off */
const struct zone_place zone_places[] = {
    {"Europe/London", "manchester|birmingham|liverpool|leeds|glasgow|edinburgh|bristol|sheffield|cardiff|"
     "nottingham|leicester|newcastle|southampton|portsmouth|brighton|plymouth|aberdeen|dundee|inverness|swansea|"
     "oxford|cambridge|york|bath|norwich|exeter|coventry|hull|bradford|derby|reading|wolverhampton|england|"
     "scotland|wales|derry|northern ireland"},
    {"Europe/Dublin", "cork|galway|limerick|waterford|eire|republic of ireland"},
    {"Europe/Berlin", "munich|münchen|munchen|muenchen|hamburg|frankfurt|cologne|köln|koln|koeln|stuttgart|"
     "düsseldorf|dusseldorf|duesseldorf|leipzig|dresden|hannover|hanover|nuremberg|nürnberg|nurnberg|bremen|"
     "dortmund|essen|bonn|mannheim|karlsruhe|freiburg|münster|munster|augsburg|kiel|lübeck|lubeck|rostock|bavaria"},
    {"Europe/Vienna", "wien|graz|linz|salzburg|innsbruck"},
    {"Europe/Zurich", "geneva|genève|geneve|basel|bern|lausanne|lucerne|zürich|st gallen"},
    {"Europe/Paris", "marseille|lyon|toulouse|nice|nantes|strasbourg|montpellier|bordeaux|lille|rennes|grenoble|"
     "dijon|reims|brest|cannes|corsica"},
    {"Europe/Madrid", "barcelona|valencia|seville|sevilla|zaragoza|malaga|málaga|bilbao|palma|mallorca|majorca|"
     "alicante|granada|murcia|ibiza"},
    {"Atlantic/Canary", "tenerife|gran canaria|las palmas|lanzarote|canary islands"},
    {"Europe/Lisbon", "porto|lisboa|braga|coimbra|faro|algarve"},
    {"Europe/Rome", "milan|milano|naples|napoli|turin|torino|palermo|genoa|genova|bologna|florence|firenze|venice|"
     "venezia|verona|bari|catania|sicily|sardinia|roma"},
    {"Europe/Amsterdam", "rotterdam|the hague|den haag|utrecht|eindhoven|groningen|maastricht"},
    {"Europe/Brussels", "antwerp|antwerpen|ghent|gent|bruges|brugge|liège|liege|bruxelles|brussel|leuven"},
    {"Europe/Copenhagen", "aarhus|odense|aalborg|københavn|kobenhavn"},
    {"Europe/Stockholm", "gothenburg|göteborg|goteborg|malmö|malmo|uppsala|umeå|umea"},
    {"Europe/Oslo", "bergen|trondheim|stavanger|tromsø|tromso"},
    {"Europe/Helsinki", "tampere|turku|espoo|oulu|vantaa"},
    {"Europe/Warsaw", "krakow|kraków|cracow|lodz|łódź|wroclaw|wrocław|poznan|poznań|gdansk|gdańsk|warszawa|lublin|katowice"},
    {"Europe/Prague", "brno|ostrava|praha|plzen|pilsen"},
    {"Europe/Bratislava", "kosice|košice"},
    {"Europe/Budapest", "debrecen|szeged|pecs"},
    {"Europe/Bucharest", "cluj|cluj-napoca|timisoara|iasi|constanta|brasov|bucuresti"},
    {"Europe/Sofia", "plovdiv|varna|burgas"},
    {"Europe/Athens", "thessaloniki|patras|heraklion|crete|rhodes"},
    {"Europe/Belgrade", "novi sad|nis|beograd"},
    {"Europe/Zagreb", "split|rijeka|dubrovnik"},
    {"Europe/Kiev", "kharkiv|odesa|odessa|dnipro|lviv|kyiv|kiev"},
    {"Europe/Moscow", "saint petersburg|st petersburg|st. petersburg|kazan|nizhny novgorod|rostov|sochi|moskva"},
    {"Asia/Yekaterinburg", "ekaterinburg|chelyabinsk|ufa|perm|tyumen"},
    {"Europe/Istanbul", "ankara|izmir|bursa|antalya|adana|konya|gaziantep"},
    {"America/New_York", "new york city|nyc|ny|boston|philadelphia|philly|washington dc|washington d.c.|atlanta|"
     "miami|orlando|tampa|jacksonville|charlotte|raleigh|durham|baltimore|pittsburgh|cleveland|columbus|cincinnati|"
     "buffalo|rochester|albany|newark|hartford|providence|richmond|norfolk|savannah|charleston|brooklyn|queens|"
     "manhattan|bronx|connecticut|delaware|georgia usa|maine|maryland|massachusetts|new hampshire|new jersey|"
     "new york state|north carolina|ohio|pennsylvania|rhode island|south carolina|vermont|virginia|west virginia|"
     "east coast|us east"},
    {"America/New_York,America/Chicago", "florida"},
    {"America/Detroit", "ann arbor|grand rapids|flint|lansing|michigan"},
    {"America/Indiana/Indianapolis", "fort wayne|indiana|indy"},
    {"America/New_York,America/Chicago", "kentucky"},
    {"America/Chicago,America/New_York", "tennessee"},
    {"America/Chicago", "houston|dallas|austin|san antonio|fort worth|st louis|st. louis|saint louis|kansas city|"
     "minneapolis|saint paul|st paul|milwaukee|madison|memphis|nashville|new orleans|oklahoma city|tulsa|omaha|"
     "des moines|little rock|birmingham|mobile|texas|illinois|wisconsin|minnesota|iowa|missouri|arkansas|louisiana|"
     "mississippi|alabama|oklahoma|kansas|nebraska|north dakota|south dakota"},
    {"America/Denver", "salt lake city|colorado springs|albuquerque|santa fe|el paso|billings|cheyenne|boulder|"
     "colorado|utah|new mexico|wyoming|montana"},
    {"America/Boise", "idaho"},
    {"America/Phoenix", "tucson|mesa|scottsdale|flagstaff|arizona"},
    {"America/Los_Angeles", "la|san francisco|sf|san diego|san jose|sacramento|oakland|fresno|seattle|tacoma|"
     "spokane|portland|las vegas|vegas|reno|eugene|long beach|california|oregon|nevada|washington|washington state|"
     "west coast|us west|bay area"},
    {"America/Anchorage", "fairbanks|juneau|alaska"},
    {"Pacific/Honolulu", "hawaii|maui|oahu|hilo"},
    {"America/Toronto", "ottawa|montreal|montréal|quebec|quebec city|québec|hamilton|london ontario|mississauga|ontario|"
     "kingston ontario|laval"},
    {"America/Vancouver", "victoria|surrey|burnaby|kelowna|british columbia|bc"},
    {"America/Edmonton", "calgary|red deer|alberta"},
    {"America/Winnipeg", "manitoba|brandon"},
    {"America/Regina", "saskatoon|saskatchewan"},
    {"America/Halifax", "nova scotia|prince edward island|new brunswick|fredericton|charlottetown"},
    {"America/St_Johns", "newfoundland|st johns|st. john's|st john's"},
    {"America/Mexico_City", "guadalajara|puebla|leon|león|ciudad de mexico|cdmx|veracruz|oaxaca"},
    {"America/Sao_Paulo", "rio|rio de janeiro|brasilia|brasília|belo horizonte|curitiba|porto alegre|campinas|goiania|"
     "florianopolis|são paulo|sao paulo"},
    {"America/Bahia", "salvador"},
    {"America/Argentina/Buenos_Aires", "buenos aires|la plata|rosario|mar del plata"},
    {"America/Argentina/Cordoba", "cordoba|córdoba"},
    {"America/Santiago", "valparaiso|valparaíso|concepcion|concepción"},
    {"America/Bogota", "medellin|medellín|cali|barranquilla|cartagena"},
    {"America/Lima", "arequipa|trujillo|cusco|cuzco"},
    {"America/Caracas", "maracaibo"},
    {"America/Guayaquil", "quito|cuenca"},
    {"America/La_Paz", "santa cruz|cochabamba|sucre"},
    {"America/Montevideo", "punta del este"},
    {"America/Jamaica", "kingston"},
    {"Africa/Cairo", "alexandria|giza|luxor"},
    {"Africa/Lagos", "abuja|kano|ibadan|port harcourt"},
    {"Africa/Accra,Africa/Abidjan", "kumasi"},
    {"Africa/Johannesburg", "cape town|durban|pretoria|joburg|port elizabeth|bloemfontein"},
    {"Africa/Nairobi", "mombasa|kisumu"},
    {"Africa/Casablanca", "rabat|marrakech|marrakesh|fez|tangier|agadir"},
    {"Asia/Jerusalem", "tel aviv|haifa|jerusalem|beersheba"},
    {"Asia/Dubai", "abu dhabi|sharjah"},
    {"Asia/Riyadh", "jeddah|mecca|medina|dammam"},
    {"Asia/Tehran", "mashhad|isfahan|shiraz|tabriz"},
    {"Asia/Kolkata", "mumbai|bombay|delhi|new delhi|bangalore|bengaluru|chennai|madras|hyderabad|pune|ahmedabad|"
     "jaipur|lucknow|kanpur|nagpur|surat|kochi|goa|indore|bhopal|patna|calcutta|chandigarh|kerala|punjab"},
    {"Asia/Karachi", "lahore|islamabad|rawalpindi|faisalabad|peshawar|multan|hyderabad"},
    {"Asia/Dhaka", "chittagong|sylhet|khulna"},
    {"Asia/Colombo", "kandy|galle"},
    {"Asia/Shanghai", "beijing|peking|shenzhen|guangzhou|canton|chengdu|chongqing|tianjin|wuhan|xian|xi'an|hangzhou|"
     "nanjing|suzhou|qingdao|dalian|shenyang|harbin|xiamen|kunming|changsha|zhengzhou"},
    {"Asia/Hong_Kong", "hongkong|kowloon"},
    {"Asia/Taipei", "kaohsiung|taichung|tainan|hsinchu"},
    {"Asia/Tokyo", "osaka|kyoto|yokohama|nagoya|sapporo|kobe|fukuoka|hiroshima|sendai|kawasaki|okinawa|nara"},
    {"Asia/Seoul", "busan|incheon|daegu|daejeon|gwangju"},
    {"Asia/Ho_Chi_Minh", "hanoi|saigon|da nang|haiphong|hue"},
    {"Asia/Bangkok", "chiang mai|phuket|pattaya"},
    {"Asia/Singapore", "singapore"},
    {"Asia/Kuala_Lumpur", "penang|johor bahru|george town|kl"},
    {"Asia/Jakarta", "bandung|surabaya|medan|semarang|yogyakarta|java"},
    {"Asia/Makassar", "bali|denpasar|lombok"},
    {"Asia/Manila", "quezon city|cebu|davao"},
    {"Australia/Sydney", "canberra|newcastle|wollongong|new south wales|nsw"},
    {"Australia/Melbourne", "geelong|victoria|ballarat"},
    {"Australia/Brisbane", "gold coast|cairns|townsville|queensland|sunshine coast"},
    {"Australia/Adelaide", "south australia"},
    {"Australia/Perth", "western australia|fremantle"},
    {"Australia/Darwin", "northern territory|alice springs"},
    {"Australia/Hobart", "tasmania|launceston"},
    {"Pacific/Auckland", "wellington|christchurch|hamilton|dunedin|queenstown|tauranga"},
    {NULL, NULL},
};

const struct zone_place zone_letters[] = {
    {"America/New_York,America/Panama,Australia/Sydney", "est"},
    {"America/New_York", "edt|et|eastern|eastern time|us eastern"},
    {"America/Chicago,America/Costa_Rica,Asia/Shanghai,America/Havana", "cst"},
    {"America/Chicago", "cdt|ct|central|central time|us central"},
    {"America/Denver,America/Phoenix", "mst"},
    {"America/Denver", "mdt|mt|mountain|mountain time"},
    {"America/Los_Angeles,Asia/Manila", "pst"},
    {"America/Los_Angeles", "pdt|pt|pacific|pacific time"},
    {"America/Anchorage", "akst|akdt"},
    {"Pacific/Honolulu", "hst"},
    {"America/Halifax,America/Puerto_Rico,Asia/Riyadh", "ast"},
    {"America/Halifax", "adt|atlantic time"},
    {"America/St_Johns", "nst|ndt"},
    {"Europe/London,Africa/Abidjan,Atlantic/Reykjavik,UTC", "gmt"},
    {"Europe/London,Asia/Dhaka", "bst"},
    {"Europe/Lisbon", "wet|west"},
    {"Asia/Kolkata,Europe/Dublin,Asia/Jerusalem", "ist"},
    {"Asia/Jerusalem", "idt"},
    {"Europe/Berlin,Europe/Paris,Europe/Rome,Europe/Madrid,Europe/Warsaw,Europe/Amsterdam",
     "cet|cest|mez|mesz|central european time"},
    {"Europe/Athens,Europe/Bucharest,Europe/Helsinki,Europe/Kiev,Africa/Cairo", "eet|eest|eastern european time"},
    {"Europe/Moscow", "msk"},
    {"Africa/Johannesburg", "sast"},
    {"Africa/Maputo", "cat"},
    {"Africa/Nairobi", "eat"},
    {"Africa/Lagos", "wat"},
    {"Asia/Dubai", "gst"},
    {"Asia/Karachi", "pkt"},
    {"Asia/Kathmandu", "npt"},
    {"Asia/Tokyo", "jst"},
    {"Asia/Seoul", "kst"},
    {"Asia/Hong_Kong", "hkt"},
    {"Asia/Singapore", "sgt"},
    {"Asia/Manila", "pht"},
    {"Asia/Jakarta", "wib"},
    {"Asia/Bangkok", "ict"},
    {"Australia/Sydney,Australia/Brisbane", "aest"},
    {"Australia/Sydney", "aedt"},
    {"Australia/Adelaide,Australia/Darwin", "acst"},
    {"Australia/Adelaide", "acdt"},
    {"Australia/Perth", "awst"},
    {"Pacific/Auckland", "nzst|nzdt"},
    {"America/Sao_Paulo", "brt"},
    {"America/Argentina/Buenos_Aires", "art"},
    {"America/Santiago", "clt|clst"},
    {NULL, NULL},
};

const struct country_name country_names[] = {
    {"GB", "uk|u.k.|united kingdom|great britain|britain|gb"},
    {"US", "us|u.s.|usa|u.s.a.|united states|america|united states of america|the states|the us|the usa"},
    {"DE", "deutschland"}, {"AT", "österreich|osterreich|oesterreich"}, {"CH", "schweiz|suisse"},
    {"ES", "españa|espana"}, {"IT", "italia"}, {"NL", "holland|the netherlands|nederland"},
    {"BE", "belgië|belgie|belgique"}, {"DK", "danmark"}, {"SE", "sverige"}, {"NO", "norge"}, {"FI", "suomi"},
    {"PL", "polska"}, {"CZ", "czechia|czech republic"}, {"BR", "brasil"}, {"MX", "méxico"}, {"TR", "turkey|türkiye"},
    {"RU", "russian federation"}, {"CN", "prc|mainland china"}, {"KR", "south korea|korea"}, {"KP", "north korea"},
    {"AE", "uae|emirates"}, {"NZ", "aotearoa"}, {"ZA", "rsa"}, {"VN", "viet nam"}, {"CI", "ivory coast"},
    {"CD", "drc|congo"}, {"BA", "bosnia"}, {"MK", "macedonia"}, {"IE", "eire"},
    {NULL, NULL},
};

const char *const zone_likely[] = {
    "Asia/Kolkata", "Asia/Shanghai", "America/New_York", "Europe/London", "Europe/Berlin", "America/Chicago",
    "America/Los_Angeles", "Europe/Paris", "Asia/Tokyo", "America/Sao_Paulo", "Asia/Jakarta", "Africa/Lagos",
    "Europe/Moscow", "Asia/Karachi", "Asia/Dhaka", "Africa/Cairo", "Africa/Johannesburg", "Europe/Istanbul",
    "Africa/Nairobi", "Asia/Bangkok", "America/Mexico_City", "America/Denver", "Australia/Sydney", "Asia/Tehran",
    "America/Bogota", "America/Argentina/Buenos_Aires", "Europe/Athens", "Europe/Helsinki", "Asia/Dubai",
    "Asia/Riyadh", "America/Phoenix", "Africa/Abidjan", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Yangon",
    "Asia/Kabul", "America/Caracas", "America/Santiago", "America/Halifax", "Asia/Tashkent", "Australia/Brisbane",
    "Australia/Adelaide", "Australia/Darwin", "Australia/Perth", "Pacific/Auckland", "America/St_Johns",
    "America/Anchorage", "Pacific/Honolulu", "Atlantic/Azores", "Atlantic/Cape_Verde", "America/Nuuk",
    "Pacific/Noumea", "Pacific/Port_Moresby", "Pacific/Fiji", "Pacific/Tongatapu", "Pacific/Apia",
    "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Marquesas", "Pacific/Pago_Pago", "Australia/Lord_Howe",
    "Australia/Eucla", "America/Noronha", "Asia/Vladivostok", NULL,
};
/* clang-format on */
