/* thesaurus_kinds.c - kinds of things: a question names the particular, an entry
 * the general. Animals, plants, food, house, tools, journeys, places, sport, music,
 * clothes, weather, computers. Left of ">" what is asked about, right of it what it is;
 * the most telling word comes first, as it says what the question is worth.
 * See thesaurus.c; people and health are in thesaurus_kinds_more.c. */
#include "commands/match_index.h"

#include <stddef.h>

/* clang-format off */
const char *const thesaurus_kinds[] = {
    "terrier, labrador, spaniel, poodle, collie, retriever, alsatian, german shepherd, "
        "whippet, greyhound, lurcher, dachshund, beagle, pug, bulldog, rottweiler, cockapoo, "
        "labradoodle, chihuahua, corgi, staffie, jack russell, shih tzu, dalmatian, mongrel, "
        "doberman > dog, pet, animal",
    "puppy, hound, pooch, moggy, my kitten, two kittens, get a kitten, hamster, gerbil, "
        "guinea pig, ferret, budgie, parrot, canary, cockatiel, tortoise, terrapin, gecko, "
        "chinchilla, dog, cat, rabbit > pet, animal",
    "siamese, tomcat, moggy, ragdoll, maine coon, ginger tom, litter tray, miaow > cat, pet, "
        "animal",
    "off the lead, on a lead, leash, muzzle, dog poo, poo bags, kennels, bark at, dog "
        "walker, dog sitter > dog, pet",
    "neutered, spayed, microchip, worming, flea treatment, rehome, animal rescue, rspca > "
        "pet, vet, animal",
    "hen, cockerel, rooster, bantam, pullet, duckling, goose, geese, gosling, quail > "
        "chicken, poultry, bird, animal",
    "pony, foal, donkey, goat, sheep, cow, cattle, piglet, llama, alpaca, bullock, horse > "
        "livestock, animal, farm",
    "robin, sparrow, blackbird, pigeon, magpie, crow, starling, blue tit, wren, finch, "
        "goldfinch, seagull, swan, owl, heron, woodpecker, jackdaw, chaffinch, pheasant, "
        "kestrel, bird table, bird feeder, nest box > bird, wildlife, nature",
    "hedgehog, fox, squirrel, deer, frog, toad, newt, otter, bats roosting, dormouse, slow "
        "worm > wildlife, animal, nature",
    "pigeon, squirrel, deer, fox, rabbit, molehill, moles digging > pest, animal, damage",
    "mice everywhere, rodent, gnawed, rats in, seen a rat, mouse droppings, scratching in "
        "the loft, scurrying, mouse trap, rat poison, exterminator > pest, vermin, mouse",
    "slime, silver trail, slime trail, shiny trail, eaten overnight, seedlings eaten, chewed "
        "stems > slug, snail, pest",
    "holes in the leaves, holes in my leaves, holes in leaves, munched, something is eating, "
        "eating my plants, eating my veg, stripped bare, skeletonised > pest, slug, insect",
    "greenfly, blackfly, whitefly, aphid, caterpillar, weevil, earwig, woodlice, woodlouse, "
        "mealybug, spider mite, thrips, leatherjacket, wireworm, cutworm, sawfly, flea "
        "beetle, carrot fly, cabbage white, leaf miner, scale insect, ants > pest, insect, "
        "bug",
    "blight, mildew, blackspot, canker, botrytis, clubroot, honey fungus, leaf curl, blossom "
        "end rot, damping off, white rot, mosaic virus, yellow leaves, leaves going yellow, "
        "brown spots, wilting > disease, plant, pest",
    "wasp, hornet, bumblebee, honeybee, bumble bee, honey bee, beehive, beekeeper > bee, "
        "insect, sting",
    "midge, gnat, mosquito, flea, tick bite, horsefly, bed bug, bedbug, cockroach, "
        "silverfish, ants nest > insect, bite, pest",
    "spider, earthworm, butterfly, ladybird, dragonfly, beetle, grasshopper, centipede, "
        "hoverfly > insect, wildlife, nature",
    "tadpole, frogspawn, koi, goldfish, water lily, duckweed, pond liner > pond, fish, "
        "wildlife",
    "plum, apple tree, apples and, pear, cherry, damson, greengage, apricot, peach, "
        "nectarine, fig, quince, medlar, mulberry, bramley, orchard > fruit, tree",
    "strawberry, raspberry, blackberry, blueberry, gooseberry, blackcurrant, redcurrant, "
        "loganberry, tayberry, cranberry, rhubarb, grape, melon > fruit, berry, bush",
    "banana, satsuma, tangerine, clementine, mandarin, orange, lemon, lime, grapefruit, "
        "mango, pineapple, kiwi, pomegranate, papaya, avocado, coconut, pear, grape, "
        "strawberry > fruit, food, diet",
    "oak, beech, birch, willow, elm, maple, sycamore, chestnut, hazel, rowan, hawthorn, "
        "conifer, leylandii, spruce, larch, yew, laurel, poplar, eucalyptus, cypress, "
        "magnolia, hornbeam, sapling > tree, plant",
    "privet, laurel, leylandii, hawthorn, beech, conifer, hedgerow, box hedge, trellis > "
        "hedge, boundary",
    "carrot, parsnip, beetroot, turnip, swede, radish, potato, spud, celeriac, leek, onion, "
        "shallot, garlic > vegetable, veg, crop, root",
    "cabbage, kale, broccoli, cauliflower, brussels, sprouts, lettuce, spinach, chard, pak "
        "choi, salad leaves, celery, kohlrabi, asparagus, artichoke, fennel > vegetable, "
        "veg, crop, brassica",
    "tomato, courgette, marrow, cucumber, pumpkin, butternut, aubergine, pepper, chilli, "
        "sweetcorn, runner bean, broad bean, french bean, peas, mangetout, gourd > "
        "vegetable, veg, crop",
    "basil, parsley, thyme, rosemary, mint, sage, coriander, chives, oregano, dill, bay "
        "leaf, bay tree, tarragon, lemon balm, lavender, chamomile, marjoram > herb, plant",
    "dandelion, nettle, bindweed, ground elder, dock leaves, couch grass, thistle, "
        "horsetail, mares tail, buttercup, bramble, knotweed, ragwort, chickweed, ivy, moss, "
        "goosegrass, groundsel, clover, hogweed, himalayan balsam > weed, invasive, plant",
    "rose, tulip, daffodil, dahlia, lily, daisy, sunflower, sweet pea, pansy, geranium, "
        "fuchsia, begonia, marigold, petunia, crocus, snowdrop, bluebell, iris, hyacinth, "
        "peony, chrysanthemum, nasturtium, primrose, foxglove, hollyhock, lobelia > flower, "
        "plant, bulb",
    "rhododendron, azalea, camellia, hydrangea, buddleia, clematis, wisteria, honeysuckle, "
        "jasmine, heather, forsythia, lilac, pyracantha, cotoneaster > shrub, bush, plant, "
        "prune",
    "houseplant, orchid, cactus, succulent, spider plant, aloe vera, fern, bonsai, yucca, "
        "monstera, window box, hanging basket, patio pots > plant, pot, indoor",
    "lawnmower, mower, strimmer, scarify, aerate, reseed, bare patches > lawn, grass, mow",
    "spade, trowel, hoe, rake, shears, secateurs, loppers, wheelbarrow, dibber, watering "
        "can, shovel, pruning saw, strimmer, mattock, pickaxe, rotavator, garden fork > "
        "tool, garden, equipment",
    "sow, seedling, germinate, pricking out, transplant, potting on, plug plants, propagate, "
        "chitting, hardening off, seed tray > plant, seed, grow",
    "deadhead, coppice, pollard, lopping, trimming, chop down, cut down, tree surgeon, "
        "overhanging, branch, chainsaw, too tall > prune, tree, hedge, cut",
    "peat, clay, loam, topsoil, chalky, ericaceous, leaf mould, perlite, vermiculite, dig "
        "over, dug over, waterlogged, no dig, rotavate > soil, ground, compost",
    "peelings, teabags, coffee grounds, egg shells, grass cuttings, clippings, food scraps, "
        "fallen leaves, kitchen waste, food waste, weeds, rotting, wormery, worm bin > "
        "compost, waste, heap",
    "polytunnel, cold frame, raised bed, water butt, cloche, netting, fruit cage, fence, "
        "summerhouse, chicken coop, pergola, gazebo > shed, greenhouse, structure, build",
    "greenhouse, shed, outbuilding > structure, building",
    "glyphosate, roundup, fungicide, insecticide, bug spray, nematodes, ant powder, slug "
        "pellets, ddt, herbicide, poison > pesticide, chemical, weedkiller, spray",
    "tomato feed, growmore, bonemeal, chicken pellets, seaweed, nettle tea, nitrogen, "
        "potash, horse muck, well rotted > fertiliser, feed, manure, soil",
    "drought, dry spell, heatwave, parched, sprinkler, soaker hose, drip irrigation, "
        "hosepipe ban, gone dry > water, dry",
    "weeds everywhere, jungle, brambles taking over, let it go, neglected, abandoned, not "
        "tended, uncultivated, untidy > overgrown, plot, cultivate, tidy",
    "espresso, cappuccino, americano, a latte, flat white, mocha, decaf, nescafe, starbucks, "
        "macchiato, barista, percolator > coffee, caffeine, drink",
    "cola, coke, pepsi, red bull, energy drink, fizzy drink, lemonade, irn bru, soda, "
        "lucozade, monster energy > drink, caffeine, sugar",
    "green tea, earl grey, herbal tea, chamomile tea, peppermint tea, matcha, chai, rooibos "
        "> tea, caffeine, drink",
    "red wine, white wine, glass of wine, beer, lager, cider, gin, vodka, whisky, rum, "
        "prosecco, champagne, cocktail, pint, ale, stout, sherry, booze, tipsy, drunk, "
        "hangover, hungover, brandy, shandy, pub, tipple > alcohol, drink",
    "cigarette, fags, cigar, vape, tobacco, e cigarette, nicotine, chain smoker, twenty a "
        "day > smoke",
    "cannabis, marijuana, cocaine, heroin, ecstasy, mdma, ketamine, spliff, hash, stoned, "
        "magic mushrooms > drug, illegal",
    "milk, cheese, yoghurt, yogurt, butter, ice cream, lactose, kefir, cheddar, custard, "
        "double cream > dairy, food, diet",
    "bread, pasta, cereal, noodles, rye, barley, oats, porridge, flour, bagel, couscous, "
        "spaghetti, croissant, pastry, wheat, wholemeal > gluten, carbohydrate, food, diet",
    "beef, pork, lamb, bacon, sausage, steak, burger, mince, salami, gammon, hot dog, "
        "meatballs, kebab, chicken, turkey, venison > meat, food, diet",
    "salmon, tuna, haddock, mackerel, sardines, prawns, mussels, shellfish, crab, fish "
        "fingers, trout, anchovies, plaice > fish, food, diet",
    "chocolate, sweets, cake, biscuit, crisps, doughnut, donut, ice cream, candy, pudding, "
        "dessert, syrup, honey, jelly, fudge, toffee, brownie > sugar, snack, food",
    "peanut, almond, cashew, walnut, hazelnut, pecan, pistachio, sesame, shellfish, soya, "
        "lupin, sulphites, mustard, egg, epipen, traces of > allergy, nut, food",
    "takeaway, mcdonalds, kfc, pizza, chips, fry up, ready meal, deep fried, fast food, junk "
        "food, kebab > food, diet, meal",
    "breakfast, brunch, lunch, dinner, buffet, roast, stew, casserole, soup, salad, "
        "sandwich, lasagne, stir fry, omelette, sunday roast > meal, food, eat",
    "coeliac, halal, kosher, vegan, vegetarian, gluten free, nut free, lactose intolerant, "
        "dairy free, low sugar > diet, dietary, food",
    "lentils, chickpeas, tofu, quorn, hummus, pulses, falafel, oat milk, tempeh, nut roast > "
        "vegan, vegetarian, food",
    "baked beans, pasta, rice, tinned tomatoes, tins, packets, jars, pasta sauce, uht, long "
        "life milk, cereal, instant mash, noodles, teabags, squash > food, donate, item",
    "keto, atkins, paleo, mediterranean, low carb, low fat, fodmap, dairy free, slimming "
        "world, weight watchers, carnivore, calorie, detox, juicing, whole30 > diet, food, "
        "eat, weight",
    "omega 3, turmeric, cod liver oil, fish oil, probiotic, zinc, folic acid, b12, "
        "multivitamin, coenzyme, ginseng, st johns wort, evening primrose, glucosamine, "
        "collagen, ashwagandha, echinacea, magnesium, calcium, selenium, creatine, curcumin, "
        "d3 > supplement, vitamin, natural, herbal",
    "bake, fry, grill, slow cooker, air fryer, saucepan, frying pan, wok, baking tray, "
        "whisk, boil, roast, chop > cook, recipe",
    "cutlery, crockery, plates, teapot, kettle, urn, toaster, tea towels, dishwasher, "
        "washing up, worktop > kitchen, facilities, equipment",
    "nibbles, canapes, finger food, bring a dish, potluck, cake stall, biscuits, squash, "
        "sandwiches, hot drinks, urn > refreshments, food, catering",
    "pet food, dog food, cat food, kibble, dog biscuits, cat litter > pet, food, animal",
    "only a microwave, only got a microwave, only got a kettle, just a kettle, only a "
        "kettle, no cooker, no oven, hotel room, no electricity > cook, food, kitchen",
    "past its date, gone mouldy, dented tin, opened packet, half used, out of date, home "
        "made, homemade, leftovers > food, donate, date, accept",
    "tesco, sainsburys, asda, aldi, lidl, morrisons, waitrose, co op, marks and spencer, "
        "walmart, costco, corner shop, greengrocer, butcher, bakery, deli, farm shop, "
        "newsagent, wholesaler > supermarket, shop, buy",
    "amazon, ebay, vinted, etsy, argos, gumtree, depop, aliexpress, ikea, screwfix, john "
        "lewis, primark, superdrug, halfords, wilko > shop, buy, online, sell",
    "oxfam, salvation army, barnardos, thrift store, goodwill, charity shop, freecycle, "
        "freegle, clothes bank, jumble > donate, charity, second hand",
    "sofa, couch, settee, armchair, mattress, wardrobe, chest of drawers, table, desk, "
        "bookcase, shelf, shelves, cupboard, cabinet, carpet, rug, curtains, stool, bunk "
        "bed, sideboard, dining set > furniture, item, household",
    "fridge, washing machine, tumble dryer, dishwasher, microwave, kettle, toaster, hoover, "
        "vacuum cleaner, heater, hairdryer, lamp, television, blender, sewing machine, "
        "radio, stereo, tv > appliance, electrical, item",
    "duvet, quilt, pillow, blanket, towels, sleeping bag, bed sheets, cushion, bedspread > "
        "bedding, household, item",
    "lego, teddy, doll, jigsaw, playmobil, cuddly toy, soft toy, puzzle, train set, action "
        "figure, rattle > toy, child",
    "vase, crockery, bric a brac, ornament, picture frame, vinyl, record player, antiques > "
        "item, donate, second hand",
    "lounge, living room, bedroom, hallway, utility room, box room, attic, loft, cellar, "
        "conservatory, dining room, spare room > room, house, home",
    "tap, sink, basin, cistern, flush, boiler, radiator, stopcock, plughole, overflow, "
        "drain, ballcock, immersion, hot water tank, u bend, blocked loo > plumbing, repair, "
        "leak",
    "dripping, burst pipe, damp patch, through the ceiling, puddle, seeping, gushing, "
        "trickling, water mark > leak, repair, water",
    "socket, fuse, fuse box, plug, extension lead, light bulb, lightbulb, light switch, trip "
        "switch, circuit, consumer unit, sparks, pat test, voltage, short circuit > "
        "electrical, repair, safety",
    "roof tile, slates, chimney, downpipe, brickwork, window pane, ceiling, floorboards, "
        "plasterboard, skirting, fascia, cladding, banister, letterbox, hinge, door handle, "
        "front door > repair, maintenance, building",
    "mildew, musty, peeling paper, condensation, black marks, mushrooms growing, steamed up, "
        "dehumidifier, rising damp > damp, repair",
    "letting agency, estate agency, housing officer, freeholder, property manager, managing "
        "company > landlord, contact, housing",
    "shorthold, inventory, break clause, notice period, section 21, section 8, possession "
        "order, joint tenancy, lodger, sublet, airbnb, move out, end of tenancy > tenancy, "
        "tenant, notice",
    "eviction notice, bailiff, locks changed, thrown onto the street, possession hearing, "
        "harassed, illegal eviction > evict, landlord, notice, rights",
    "locksmith, key fob, entry code, key safe, padlock, deadlock, spare set, cut a key > "
        "key, lock, access",
    "loud music, barking, shouting, banging, stomping, footsteps, thumping, stereo, booming, "
        "slamming doors, screaming, late night party > noise, neighbour, complaint",
    "wallpaper, emulsion, redecorate, put up shelves, hang pictures, laminate flooring, "
        "knock down a wall, satellite dish, loft conversion, new bathroom, paint the walls, "
        "drill holes > decorate, alteration, permission, change",
    "trampoline, paddling pool, washing line, balcony, shed, barbecue, bbq, patio heater, "
        "firepit, fire pit, caravan, drone > allowed, permission, rule",
    "bin bags, black bags, bin lorry, dustmen, refuse collection, bulky waste, recycling "
        "centre, the tip, fly tipping, wheelie bin, skip hire > rubbish, waste, bin, "
        "collection",
    "plastic bottle, tin foil, jam jar, cardboard box, newspaper, yoghurt pot, carton, "
        "polystyrene, bubble wrap, tetra pak, clingfilm, crisp packets, bottle bank, "
        "aluminium > recycle, waste, rubbish",
    "bleach, mop, broom, hoover, vacuum, duster, sponge, sanitiser, disinfectant, "
        "antibacterial, washing up liquid, polish, dustpan, scrub, wipe down, spillage, "
        "spilt, sweep up > clean, tidy, hygiene",
    "hoovering, ironing, washing up, cooking dinner, making the bed, ironing board, carrying "
        "shopping, laundry, cleaning the house > housework, activity, pace",
    "visitor permit, yellow lines, driveway, double parked, parking ticket, clamped, multi "
        "storey, drop off point, residents bay, parking meter, park my car, park outside > "
        "parking, car, permit",
    "smoke detector, smoke alarm, carbon monoxide, extinguisher, fire blanket, fire exit, "
        "fire door, candles, tea lights, evacuation > fire, safety, alarm",
    "smell gas, smell of gas, gas leak, gas engineer, gas safe > gas, emergency, safety, leak",
    "gas bill, electricity bill, british gas, octopus energy, edf, eon, kwh, prepayment "
        "meter, smart meter, standing charge, top up the meter, electricity, gas, oil tank, "
        "heat pump, solar panels > energy, heating, bill, fuel",
    "water bill, water rates, tv licence, phone bill, broadband bill, council tax, ground "
        "rent, energy bills, household bills > bill, pay, cost",
    "draughty, fan heater, thermostat, air con, aircon, air conditioning, ventilation, "
        "parky, radiators, freezing hall, open a window > heating, temperature, warm, cold",
    "lamp, bulb, torch, lantern, glare, dazzling, flickering, fluorescent, spotlight, "
        "dimmer, strip lights, bright lights > light",
    "racket, blaring, earplugs, ear plugs, echo, hubbub, decibels, booming, rowdy, thudding "
        "> noise, loud, sound",
    "perfume, aftershave, air freshener, incense, fragrance, body odour, deodorant, whiffy, "
        "stinky, sewage, ponging > smell, scent",
    "screwdriver, spanner, wrench, pliers, power drill, chisel, jigsaw, lathe, clamp, "
        "mallet, hacksaw, circular saw, angle grinder, bandsaw, table saw, nail gun, allen "
        "key, soldering iron, glue gun, multimeter, tape measure, spirit level, welder, 3d "
        "printer, laser cutter > tool, machine, equipment, workshop",
    "ladder, cement mixer, pressure washer, carpet cleaner, hedge trimmer, chainsaw, "
        "generator, wallpaper stripper, gazebo, tent > tool, borrow, hire, equipment",
    "screws, bolts, timber, plywood, mdf, sandpaper, varnish, steel, leather, resin, "
        "acrylic, offcuts, filament, dowel, aluminium, fabric > material, supplies, wood",
    "goggles, safety glasses, ear defenders, hard hat, gloves, steel toe, dust mask, apron, "
        "face shield, hi vis, high vis, overalls, respirator, visor, ppe, knee pads > "
        "protective, safety, wear, equipment",
    "whittling, woodturning, carving, carpentry, welding, kiln, blacksmith, upholstery, "
        "laser cutting, 3d printing > workshop, craft, course, skill",
    "came off, fell off, broke off, hanging off, wont shut, wont close, stuck shut, jammed, "
        "zip, chair leg, wobbly leg, cracked screen, ripped, frayed, snapped off, come "
        "apart, loose button > repair, mend, broken",
    "mountain bike, road bike, ebike, e bike, tandem, brompton, folding bike, bmx, trike, "
        "tricycle, balance bike, gravel bike, cargo bike, handcycle, two wheeler > bike, "
        "bicycle, cycle",
    "saddle, handlebar, pedal, derailleur, cassette, crank, spoke, rim, hub, mudguard, "
        "headset, bottom bracket, freewheel, chainring, sprocket, pannier, kickstand, gear "
        "cable > bike, repair",
    "puncture, buckled, squeaky brakes, chain slipping, rusty chain, snapped cable, stripped "
        "thread, worn pads, chain came off, gears slipping, wobbly wheel, brakes rubbing > "
        "repair, bike",
    "lycra, cycling shorts, cleats, jersey, padded shorts, bike lights, reflectors, d lock, "
        "saddlebag > cycle, bike, wear, equipment",
    "engine, clutch, gearbox, windscreen, wipers, bumper, headlight, handbrake, dashboard, "
        "mot, oil change, spark plug, catalytic converter, flat battery, jump leads > car, "
        "vehicle, repair",
    "ford, volkswagen, vw, toyota, nissan, vauxhall, bmw, mercedes, tesla, fiat, renault, "
        "peugeot, honda, skoda, hatchback, suv, campervan, motorhome, van, lorry, motorbike, "
        "motorcycle > car, vehicle, drive",
    "tram, by train, train station, train times, the train, tube, underground, metro, ferry, "
        "minibus, shuttle, railcard, bus pass, national express, park and ride, overground, "
        "bus stop, travelcard, nearest station, bus > transport, travel",
    "taxi, cab, uber, minicab, lyft, dial a ride, patient transport, volunteer driver > "
        "transport, lift, travel",
    "motorway, junction, roundabout, satnav, sat nav, google maps, postcode, what3words, one "
        "way street, bypass, a road, landmark > direction, address, find, route",
    "heathrow, gatwick, ryanair, easyjet, long haul, hand luggage, passport control, airport "
        "security, cabin bag, aeroplane > flight, fly, travel, airport",
    "spain, france, greece, italy, portugal, tenerife, majorca, america, usa, australia, "
        "germany, thailand, canary islands, cruise, ski trip, glamping, beach, city break, "
        "backpacking, honeymoon, long journey > travel, holiday, abroad",
    "petrol, diesel, fares, bus fare, train fare, parking fee, toll, congestion charge, "
        "ulez, 45p a mile, miles driven > travel, expenses, cost",
    "dvla, long drive, drive long distance, at the wheel, driving test, drowsy at the wheel, "
        "steering > drive, licence",
    "church hall, scout hut, village hall, community centre, town hall, leisure centre, "
        "sports centre, pavilion, clubhouse, school hall, civic centre, marquee, auditorium, "
        "portakabin, back room of > venue, place, meet, building",
    "london, manchester, birmingham, leeds, glasgow, edinburgh, cardiff, liverpool, bristol, "
        "sheffield, newcastle, nottingham, scotland, belfast, dublin, ireland, cornwall, "
        "yorkshire, kent, essex, sussex, norfolk, new york, california, texas, chicago > "
        "local, area, branch, place",
    "projector, pa system, microphone, hdmi, whiteboard, flipchart, trestle table, tea urn, "
        "stacking chairs, bouncy castle, smoke machine, stage lights > equipment, "
        "facilities, hire",
    "local authority, parish council, mp, mayor, ombudsman, citizens advice, acas, ofsted, "
        "trading standards, environmental health, charity commission, planning department, "
        "town hall > authority, advice, complaint",
    "pcso, constable, burgled, mugged, vandalised, graffiti, broken into, robbery, thief, "
        "intruder, assault, stalker, break in, shoplift, nicked > police, crime, security, "
        "report",
    "stolen, nicked, pinched my, swiped > security, insurance",
    "jogging, go running, go for a run, lift weights, swimming, cycling, walking, hiking, "
        "pilates, yoga, aerobics, zumba, spin class, treadmill, press ups, squats, rowing "
        "machine, hiit, cardio, weightlifting, tai chi, crossfit, star jumps, kettlebell, "
        "dumbbell, parkrun, marathon, resistance band, cross trainer > exercise, activity, "
        "fitness, active",
    "football, rugby, cricket, tennis, netball, hockey, badminton, basketball, volleyball, "
        "bowls, golf, squash, table tennis, ping pong, judo, karate, gymnastics, athletics, "
        "martial arts, lacrosse, climbing, bouldering, horse riding, skiing, surfing, "
        "skateboarding, trampolining > sport, activity, exercise",
    "goalkeeper, goalie, striker, defender, midfielder, winger, batsman, bowler, first team, "
        "second team, under 12s, under 10s, squad, benched > team, player",
    "umpire, linesman, team manager, physio, groundsman > referee, volunteer, team",
    "shin pads, racket, racquet, cricket bat, gumshield, mouthguard, swimming costume, "
        "trunks, jersey, cleats, wetsuit, tracksuit, sports bra, goalie gloves, nets, cones, "
        "bibs > kit, equipment, wear",
    "pitch, court, astroturf, playing field, pool, rink, floodlights, frozen pitch, dugout, "
        "goalpost, running track, clubhouse > ground, venue, facilities",
    "kick off, derby, semi final, cup tie, playoffs, relegation, red card, yellow card, "
        "extra time, offside, innings, away game, home game, fixture list, tip off, full "
        "time whistle > match, game, fixture",
    "grading, black belt, medal, trophy, rosette, personal best, handicap, podium, "
        "certificate > award, level, prize",
    "sprain, pulled muscle, hamstring, twisted ankle, dislocated, torn ligament, black eye, "
        "broken leg, concussion, bruise, groin strain, shin splints, fracture, whiplash, "
        "blisters, nosebleed, stubbed, grazed > injury, hurt, first aid",
    "verruca, swimming cap, front crawl, breaststroke, backstroke, butterfly stroke, "
        "armbands, goggles, deep end, shallow end, diving board > swim, pool, lesson",
    "treadmill, dumbbells, bench press, sauna, personal trainer, gym induction, squat rack > "
        "gym, fitness, facilities",
    "knitting, crochet, sewing, quilting, embroidery, cross stitch, painting, watercolour, "
        "origami, scrapbooking, card making, jewellery making, macrame, weaving, candle "
        "making, calligraphy, felting, woodwork, collage, papercraft > craft, hobby, art, "
        "activity",
    "angling, go fishing, birdwatching, photography, scrabble, model making, stamp "
        "collecting, astronomy, metal detecting, genealogy, geocaching, camping, baking, "
        "drama, bingo > hobby, activity, interest, club",
    "wool, yarn, crochet hook, fabric, dressmaking pattern, paintbrush, canvas, easel, "
        "sketchbook, beads, glue, glitter, felt tips, crayons, scissors, cotton reel, "
        "knitting needles > material, craft, supplies, equipment",
    "monopoly, scrabble, catan, dungeons and dragons, dnd, warhammer, pokemon, chess, "
        "dominoes, poker, backgammon, jigsaw, cluedo, dice, miniatures, whist > game, play",
    "xbox, playstation, ps5, nintendo, minecraft, fortnite, roblox, steam deck, joystick, "
        "esports > game, computer",
    "ballet, salsa, ballroom, tango, jive, line dancing, ceilidh, hip hop, street dance, "
        "waltz, barn dance, morris, zumba, tap shoes > dance, class",
    "tripod, dslr, aperture, canon, nikon, lightroom, photoshop, memory card, zoom lens, "
        "portraits > camera, photography, photo",
    "selfie, snapshot, filming, videoing, camera phone, tagged, drone, photographer, "
        "livestream > photo, picture, consent, privacy",
    "script, panto, pantomime, costume, rehearse lines, understudy, matinee, backstage, "
        "makeup artist > drama, theatre, performance",
    "tent, campsite, sleeping bag, rucksack, hiking boots, compass, campfire, thermos, "
        "penknife, roll mat, torch > camp, kit, trip, equipment",
    "soprano, alto, tenor, sing bass, basses and, baritone, mezzo, contralto, treble, "
        "descant, countertenor, falsetto, low voice, high voice, deep voice, low notes, high "
        "notes > voice, part, section, sing",
    "piano, guitar, violin, cello, flute, clarinet, trumpet, saxophone, drums, ukulele, "
        "trombone, oboe, harp, viola, keyboard, harmonica, banjo, accordion, mandolin, "
        "bassoon, cornet, tuba, percussion, bagpipes, fiddle > instrument, music",
    "music stand, lyrics, song words, backing track, practice tracks, learning tracks, vocal "
        "score, songbook, octavo, songsheet, music folder, hymn book, mp3 > music, practise, "
        "learn",
    "carol, hymn, anthem, requiem, messiah, handel, bach, mozart, beethoven, gospel, abba, "
        "showtunes, folk songs, madrigal, jazz, motown, beatles, oratorio, opera, "
        "barbershop, pop songs, rock songs, disney songs > song, music, repertoire, sing",
    "choirmaster, the conductor, accompanist, choir leader, pianist, soloist, bandleader, "
        "bandmaster > director, leader, music",
    "harmony, chord, crotchet, quaver, treble clef, sight read, stave, notation, sight "
        "singing, abrsm, grade 5, dots on the page > music, read, theory, experience",
    "hoarse, croaky, sore throat, lost my voice, breath control, vocal cords, voice cracks, "
        "straining my voice, laryngitis > voice, sing, throat",
    "solo, sing alone, test my voice, cant sing, in tune, out of tune, tone deaf, croak like "
        "a frog, never sung, sing in the shower, karaoke > audition, sing, experience, "
        "ability",
    "black trousers, bow tie, dinner jacket, long skirt, sash, tuxedo, black folder, concert "
        "black > concert, dress, wear, uniform",
    "jeans, trousers, skirt, shirt, t shirt, tshirt, jumper, hoodie, jacket, socks, "
        "underwear, pyjamas, gloves, scarf, cardigan, blouse, sweatshirt, pullover, heels, "
        "suit and tie, tracksuit, dungarees > clothes, wear, dress",
    "sandals, heels, flip flops, wellies, loafers, high heels, stilettos, sneakers, boots, "
        "insoles, plimsolls, bare feet, barefoot > shoe, footwear, wear",
    "wear trainers, are trainers, my trainers, in trainers, running shoes, football boots > "
        "shoe, footwear, kit",
    "umbrella, wallet, purse, handbag, bracelet, necklace, scarf, glove, keys, glasses case, "
        "water bottle, rucksack, cardigan, wedding ring > property, lost, belongings",
    "necklace, piercing, nose ring, nail varnish, false nails, bracelet, tattoo, dyed hair, "
        "hair dye, lipstick, smart watch > jewellery, wear, appearance",
    "raincoat, wellies, brolly, cagoule, umbrella, waterproofs, sou wester, woolly hat, "
        "thermals, sun hat > weather, clothes, wear, wet",
    "coat pegs, coat hook, handbag, backpack, pushchair park, cubby, lock my stuff > "
        "cloakroom, storage, locker, bag",
    "rain, drizzle, downpour, snow, sleet, hail, gale, storm, thunder, lightning, frost, "
        "sunshine, sunny, heatwave, humid, cloudy, breeze, blizzard, icy, wind, barometric, "
        "air pressure, cold snap, wet day > weather, conditions, cancel",
    "sunburn, sun cream, suntan, parasol, sun hat, heatstroke, sunstroke, scorching, shade > "
        "sun, hot, weather",
    "gritting, black ice, snowed in, snow day, road closed, trains cancelled, storm damage > "
        "weather, snow, cancel, closed",
    "monitor, touchscreen, projector, tv, ipad, laptop, kindle, smartphone > screen, "
        "display, device",
    "macbook, chromebook, pc, imac, dell, lenovo, thinkpad, hard drive, motherboard, "
        "graphics card, ssd, laptop, desktop, webcam, workstation > computer, device, machine",
    "samsung, iphone, huawei, nokia, motorola, handset, sim card, blackberry, smartphone, "
        "cellphone, galaxy s, google pixel, landline > phone, mobile, device, app",
    "whatsapp, telegram, discord, slack, messenger, facebook, instagram, twitter, tiktok, "
        "snapchat, reddit, linkedin, mastodon, bluesky, viber, wechat, matrix, element, "
        "signal app > app, online, chat, social media",
    "zoom, skype, webex, google meet, facetime, livestream, webinar, streaming, dial in, "
        "microsoft teams, webcam > online, video call, remote, join",
    "chrome, firefox, safari, internet explorer, bookmark, url, popup, web address, "
        "hyperlink, google search > browser, website, web, online",
    "gmail, outlook, hotmail, yahoo, icloud, inbox, junk folder, spam folder, attachment, "
        "mailshot > email, message",
    "windows 10, windows 11, windows pc, linux, ubuntu, debian, fedora, macos, raspberry pi, "
        "centos, bsd, arm64, chromeos, wsl, apple silicon, 32 bit > platform, system, "
        "install, supported",
    "python, java, javascript, golang, php, typescript, sql, kotlin, perl, ruby, haskell > "
        "programming, code, language",
    "docker, kubernetes, apt, homebrew, npm, flatpak, appimage, conda, helm, ansible, "
        "podman, tarball, exe, dmg, rpm, pacman, chocolatey, winget, setup wizard > install, "
        "package, download",
    "segfault, traceback, core dump, blue screen, null pointer, it hangs, app hangs, 404, "
        "timeout, timed out, white screen, not responding, keeps closing, memory leak, "
        "connection refused, permission denied, infinite loop, keeps crashing, glitchy > "
        "error, bug, crash, problem",
    "postgres, postgresql, mysql, sqlite, mariadb, redis, mongodb, schema, sql dump > "
        "database, data, storage",
    "nginx, apache, caddy, traefik, vps, digitalocean, aws, azure, hetzner, heroku, "
        "cloudflare, dns, ssl, tls, lets encrypt, systemd, synology, raspberry pi, reverse "
        "proxy > server, host, configure, deploy",
    "gpl, mit licence, apache licence, agpl, fork it, commercial use, proprietary, closed "
        "source, creative commons, redistribute > licence, open source, legal",
    "github, gitlab, codeberg, pull request, commit, merge request, code review, good first "
        "issue, fork > contribute, code, repository, source",
    "password manager, 2fa, otp, face id, fingerprint, passkey, security question, "
        "verification code, captcha, recovery code, authenticator, sso, username > login, "
        "password, account, security",
    "export, csv, spreadsheet, pdf, json, xml, google docs, dropbox, google drive, onedrive, "
        "zip file, docx, usb stick, memory stick, powerpoint > file, format, data, document",
    "dark mode, font size, bigger text, colour scheme, night mode, text size, font, layout > "
        "settings, display, appearance, change",
    "pinging, beeping, vibrating, ding, bleep, push notification, ringtone, buzzing my "
        "phone, red dot > notification, message, mute, reminder",
    "siri, alexa, algorithm, answering machine, robot, automaton, auto reply > bot, "
        "automated, computer",
    "phishing, hacked, impostor, fake profile, catfish, bitcoin, crypto, dodgy link, dodgy "
        "message, asking for money, pyramid scheme > scam, spam, report, security",
    "ethernet, 4g, 5g, mobile data, hotspot, no signal, roaming, vodafone, giffgaff, "
        "bandwidth, modem, buffering, slow connection > internet, wifi, network, connection",
    "photocopier, photocopy, scanner, laminator, laminate, toner, cartridge, a4, ink, inkjet "
        "> print, copy, document",
    "premium, pro version, paid plan, paywall, in app purchase, ad free, licence key, "
        "activation key, trial version > free, price, licence, subscription",
    "novel, paperback, hardback, magazine, comic, graphic novel, audiobook, ebook, kindle, "
        "encyclopedia, thriller, biography, libby, borrowbox, textbook, cookbook, manga, "
        "bestseller, atlas > book, borrow, loan, library",
    "dvd, cd, blu ray, box set, soundtrack > film, music, borrow",
    "dewey, isbn, shelfmark, barcode, microfilm, archive, census, parish records, back "
        "issues, reference section > library, search, catalogue, record",
    "ancestry, family tree, genealogy, census, old maps, parish register, local studies > "
        "history, research, record, archive",
    "voiceover, talkback, screen reader, keyboard only, colour blind, zoom text, alt text, "
        "captions, subtitles > accessibility, accessible",
    NULL,
};
/* clang-format on */
