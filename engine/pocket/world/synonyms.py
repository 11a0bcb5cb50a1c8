"""Words that prompts use, in English and French, for what Pocket knows, beyond its captions.

Plain tables, comma-separated, lower case, without accents: the vocabulary folds them away.
"""

from engine.pocket.world.scene import Camera, Colour, Motion, Place, Time, Weather

COLOURS: dict[Colour, str] = {
    Colour.RED: "ruby,cherry,maroon,rouge,ecarlate,carmin,vermeil,bordeaux",
    Colour.ORANGE: "tangerine,peach,orangé,orangee,roux,rousse,copper,ginger",
    Colour.YELLOW: "lemon,blond,blonde,jaune,dore,doree,citron",
    Colour.GREEN: "olive,mint,jade,vert,verte,emeraude",
    Colour.BLUE: "navy,cyan,turquoise,teal,indigo,cobalt,bleu,bleue,azur,marine",
    Colour.PURPLE: "lavender,mauve,plum,violette,pourpre",
    Colour.PINK: "fuchsia,salmon,rosy,rose bonbon",
    Colour.WHITE: "ivory,silver,grey,gray,cream,blanc,blanche,gris,grise,argente,argentee",
    Colour.BLACK: "ebony,charcoal,noir,noire,obscur,obscure",
    Colour.BROWN: "tan,bronze,beige,marron,brun,brune,chataigne",
}

PLACES: dict[Place, str] = {
    Place.MEADOW: "meadow,field,fields,grass,lawn,park,garden,countryside,prairie,pasture,hills,"
    "hill,farm,plain,plains,plaine,plaines,pre,champ,champs,herbe,jardin,parc,campagne,pelouse,colline,collines,ferme",
    Place.FOREST: "forest,woods,woodland,jungle,pines,trees,foret,bois,jungles,sous bois",
    Place.DESERT: "desert,dunes,dune,sahara,canyon,wild west,far west,sables",
    Place.MOUNTAINS: "mountain,mountains,peaks,peak,alps,himalaya,summit,montagne,montagnes,alpes,"
    "sommet,sommets,cimes",
    Place.SEA: "sea,ocean,waves,lake,river,water,mer,vagues,lac,riviere,eau,large,flots",
    Place.CITY: "city,town,street,streets,downtown,skyscrapers,buildings,road,urban,metropolis,"
    "new york,paris,tokyo,ville,rue,rues,immeubles,gratte ciel,route,metropole",
    Place.BEACH: "beach,shore,seaside,coast,island,palm trees,tropical island,plage,rivage,cote,"
    "ile,bord de mer,bord de la mer,palmiers,cocotiers,sur le sable,on the sand,in the sand",
    Place.ARCTIC: "arctic,antarctica,antarctic,north pole,south pole,ice,iceberg,icebergs,snowy,"
    "winter,winter wonderland,snowy plain,snowy plains,tundra,in the snow,on the snow,snowy land,"
    "banquise,pole nord,glace,hiver,arctique,dans la neige,sur la neige,enneige,enneigee",
    Place.UNDERWATER: "underwater,under water,under the sea,under the ocean,deep sea,reef,"
    "coral reef,corals,coral,seabed,bottom of the sea,bottom of the ocean,sous l eau,sous la mer,"
    "sous l ocean,sous marin,sous marine,fond de la mer,fond de l ocean,fonds marins,recif,coraux",
    Place.MOON: "moon,space,outer space,planet,mars,craters,galaxy,cosmos,lune,espace,planete,"
    "cosmique,galaxie,crateres",
}

TIMES: dict[Time, str] = {
    Time.DAY: "day,daytime,daylight,noon,midday,sunny,sunshine,afternoon,bright day,blue sky,jour,"
    "journee,midi,ensoleille,ensoleillee,plein jour,en plein jour,apres midi,au soleil,soleil,sun",
    Time.SUNSET: "sunset,dusk,evening,twilight,golden hour,sundown,coucher de soleil,"
    "coucher du soleil,soleil couchant,au soleil couchant,crepuscule,soir,soiree,heure doree",
    Time.NIGHT: "night,nighttime,midnight,moonlight,moonlit,starry,starry night,starry sky,"
    "under the stars,under the moon,darkness,nuit,minuit,clair de lune,au clair de lune,"
    "sous les etoiles,sous la lune,ciel etoile,nocturne",
    Time.DAWN: "dawn,sunrise,daybreak,morning,early morning,first light,aube,aurore,"
    "lever de soleil,lever du soleil,soleil levant,au soleil levant,matin,petit matin",
}

WEATHERS: dict[Weather, str] = {
    Weather.CLEAR: "clear,clear sky,clear weather,fine weather,nice weather,cloudless,no rain,"
    "no snow,no fog,without rain,without snow,without fog,beau temps,ciel degage,ciel clair,"
    "sans pluie,sans neige,sans brouillard",
    Weather.RAIN: "rain,rains,raining,rainy,storm,stormy,thunderstorm,shower,downpour,drizzle,"
    "pluie,pleut,pluvieux,pluvieuse,orage,averse,tempete,il pleut,sous la pluie",
    Weather.SNOW: "snow,snows,snowing,snowfall,snowflakes,falling snow,blizzard,snowstorm,neige,"
    "il neige,flocons,chute de neige,sous la neige,tempete de neige,qu il neige",
    Weather.FOG: "fog,foggy,mist,misty,haze,hazy,brouillard,brume,brumeux,brumeuse",
}

MOTIONS: dict[Motion, str] = {
    Motion.STILL: "still,stand,stands,standing,sleeps,sleeping,asleep,stays,staying,wait,"
    "motionless,sit,rest,immobile,attend,assis,assise,dort,se repose,debout,reste,bouge pas",
    Motion.RIGHT: "walk,walks,walking,run,runs,running,drive,drives,driving,fly,flies,flying,swim,"
    "swims,swimming,move,moves,moving,go,goes,going,drift,drifts,drifting,sail,sails,sailing,"
    "ride,rides,riding,rolls,rolling,crawls,crawling,strolls,strolling,gallops,galloping,races,"
    "racing,va,vont,passe,traverse,marche,court,roule,vole,nage,avance,navigue,galope,se promene,"
    "promene,file,qui marche,qui court,marchent,courent,roulent,volent,nagent,avancent,passent,"
    "galopent,se promenent,promenent,filent",
    Motion.LEFT: "",
    Motion.UP: "rise,rising,climb,climbs,climbing,ascends,ascending,float,floats,floating,fly up,"
    "flies up,flying up,flies upward,goes up,go up,lifts off,take off,taking off,launches,"
    "blasts off,soars,soaring,monte,montent,s envolent,envolent,decollent,flottent,s envole,"
    "envole,decolle,grimpe,s eleve,eleve,flotte",
    Motion.DOWN: "fall,falling,land,drops,dropping,descends,sinking,goes down,go down,comes down,"
    "come down,descend,descendent,tombent,atterrissent,tombe,atterrit,coule,chute",
    Motion.HOP: "hop,jump,bounce,leap,leaping,bouncy,skips,skipping,saute,sautille,bondit,"
    "rebondit,sauter,sautant,sautent,sautillent,bondissent",
    Motion.SPIN: "spin,turning,turns,turn around,turning around,rotate,rotates,twirl,whirls,"
    "whirling,flips,flipping,somersaults,cartwheels,tourne,tournoie,tourne sur lui meme,"
    "tourne sur elle meme,tournent,tournoient,pivote,virevolte,toupie",
    Motion.DANCE: "dance,sway,wiggle,wiggling,grooves,swing,swings,wobbles,party,partying,danse,"
    "dansant,danser,dansent,se balancent,se balance,balance,ondule,se dandine",
    Motion.SHAKE: "shake,tremble,shiver,vibrate,vibrating,quakes,shudders,jitters,tremblote,"
    "tremblent,frissonnent,grelottent,frissonne,grelotte,vibre,secoue,se secoue",
    Motion.CIRCLE: "circle,in circles,in a circle,loop the loop,orbits,orbiting,tourne en rond,"
    "en rond,fait des cercles,en cercle,en orbite,fait des boucles,loopings",
}

#: What turns a walk the other way, and what keeps it.
LEFTWARD = "left,leftward,leftwards,to the left,gauche,a gauche,vers la gauche"
RIGHTWARD = "right,rightward,rightwards,to the right,droite,a droite,vers la droite"

CAMERAS: dict[Camera, str] = {
    Camera.STATIC: "static,static camera,fixed shot,fixed camera,camera fixe,plan fixe,no camera "
    "movement,tripod",
    Camera.PUSH_IN: "zoom in,zooms in,push in,pushes in,push-in,dolly in,closer,zoom avant,"
    "travelling avant,camera moves closer,zoom,la camera s approche,s approche,close up",
    Camera.PULL_BACK: "zoom out,zooms out,pull back,pulls back,dolly out,pull out,zoom arriere,"
    "travelling arriere,la camera recule,recule,camera moves away",
    Camera.PAN_LEFT: "pan left,pans left,pan to the left,pans to the left,panning left,"
    "panoramique a gauche,panoramique vers la gauche,panoramique gauche",
    Camera.PAN_RIGHT: "pan right,pans right,pan to the right,pans to the right,panning right,"
    "panoramique a droite,panoramique vers la droite,panoramique droite,pan,panoramique",
    Camera.TILT_UP: "tilt up,tilts up,looks up,camera goes up,panoramique vers le haut,"
    "camera vers le haut",
    Camera.TILT_DOWN: "tilt down,tilts down,looks down,camera goes down,panoramique vers le bas,"
    "camera vers le bas",
    Camera.HANDHELD: "handheld,hand held,shaky,shaky cam,camera a l epaule,a l epaule,"
    "camera portee,filme a la main",
}

#: What Pocket can't draw → the nearest thing that it can.
STAND_INS: dict[str, str] = {
    "cat": "lion,tiger,leopard,panther,cheetah,lynx,cats,tigre,panthere,leopard,lionne",
    "dog": "wolf,coyote,dogs,loup,bear,ours,panda,koala",
    "rabbit": "hamster,mouse,rat,squirrel,hedgehog,souris,ecureuil,herisson,kangaroo,kangourou",
    "bird": "parrot,eagle,crow,pigeon,seagull,swan,flamingo,hawk,perroquet,aigle,corbeau,mouette,"
    "cygne,flamant rose,hummingbird,colibri",
    "owl": "bat,chauve souris",
    "duck": "chicken,hen,rooster,goose,turkey,poule,coq,oie,dinde,poulet",
    "fish": "shark,salmon,tuna,requin,seahorse,hippocampe",
    "whale": "dolphin,orca,seal,dauphin,orque,phoque",
    "octopus": "squid,jellyfish,kraken,calmar,meduse",
    "crab": "lobster,shrimp,scorpion,spider,homard,crevette,araignee,ant,fourmi,beetle",
    "turtle": "snail,slug,escargot,limace",
    "frog": "lizard,gecko,chameleon,lezard,cameleon,crocodile,alligator",
    "butterfly": "bee,dragonfly,fly,ladybug,ladybird,mosquito,abeille,libellule,mouche,coccinelle,"
    "fairy,fee",
    "horse": "unicorn,donkey,zebra,deer,cow,goat,sheep,pig,camel,moose,licorne,ane,zebre,cerf,"
    "vache,chevre,mouton,cochon,chameau,giraffe,girafe,llama,lama",
    "elephant": "rhino,rhinoceros,hippo,mammoth,hippopotamus,hippopotame,mammouth",
    "dinosaur": "t rex,trex,tyrannosaurus,godzilla,triceratops,raptor,tyrannosaure",
    "dragon": "snake,serpent,wyvern,phoenix,hydra,worm,couleuvre",
    "car": "truck,van,taxi,tractor,motorcycle,motorbike,bike,bicycle,scooter,camion,velo,moto,"
    "tracteur,tank,racing car,sports car,ambulance",
    "bus": "tram,trolley,fire truck,school bus,tramway,camion de pompiers",
    "train": "subway,metro,tgv,railway",
    "rocket": "missile,shuttle,satellite,navette",
    "airplane": "helicopter,drone,glider,helicoptere,planeur",
    "boat": "submarine,canoe,kayak,raft,ferry,sous-marin,barque,radeau,pirate ship",
    "apple": "orange fruit,cherry,strawberry,tomato,peach,pear,banana,lemon,cerise,fraise,tomate,"
    "poire,banane,watermelon,pasteque,ball,balle,football,basketball",
    "pizza": "burger,hamburger,sandwich,taco,hot dog,cheese,fromage",
    "cupcake": "donut,doughnut,ice cream,cookie,pie,candy,glace,biscuit,tarte,beignet,bonbon",
    "flower": "rose,tulip,lily,plant,tulipe,plante,muguet",
    "tree": "oak,palm,palm tree,bush,chene,palmier,buisson",
    "balloon": "kite,hot air balloon,bubble,cerf volant,montgolfiere,bulle",
    "star": "sparkle,comet,diamond,comete,diamant,meteor",
    "heart": "love,amour",
    "guitar": "violin,piano,drum,trumpet,violon,tambour,trompette,banjo",
    "house": "castle,tower,church,barn,tent,chateau,tour,eglise,grange,tente,building",
    "robot": "cyborg,machine,computer,ordinateur",
    "ghost": "vampire,mummy,skeleton,devil,demon,vampires,momie,squelette,diable,angel,ange",
    "alien": "creature,goblin,ogre,troll,zombie,gobelin",
    "snowman": "yeti,santa,santa claus,pere noel",
    "astronaut": "diver,plongeur",
    "ninja": "samurai,warrior,knight,soldier,guerrier,chevalier,soldat,pirate",
    "woman": "princess,queen,grandma,mother,dancer,princesse,reine,mamie,mere,danseuse,people",
    "man": "king,prince,child,kid,grandpa,father,superhero,cowboy,roi,enfant,papi,pere,danseur,"
    "chef,farmer,doctor",
}

#: Words that say nothing to Pocket, and are not reported as unknown.
SMALL = (
    "a,an,the,one,some,of,with,and,in,on,at,by,to,from,while,as,is,are,it,its,his,her,their,that,"
    "this,there,then,under,over,through,near,next,around,into,very,really,cute,little,small,big,"
    "large,huge,tiny,giant,happy,sad,funny,lovely,beautiful,pretty,nice,pixel,art,clip,video,film,"
    "movie,scene,shot,camera,please,make,turn,same,but,now,also,add,another,more,slow,slowly,fast,"
    "quickly,up,for,be,being,who,which,colour,color,coloured,colored,style,animation,animated,"
    "friends,together,across,along,between,behind,front,above,below,out,off,us,we,me,my,"
    "instead,put,let,lets,change,everything,background,sky,weather,all,was,were,has,have,i,you,"
    "un,une,le,la,les,l,d,de,du,des,et,en,dans,sur,sous,au,aux,avec,qui,que,est,sont,il,elle,ils,"
    "se,s,son,sa,ses,ce,cette,ca,tres,petit,petite,grand,grande,gros,grosse,joli,jolie,beau,belle,"
    "mignon,mignonne,plus,mais,maintenant,ajoute,mets,met,fais,fait,pendant,vers,par,pour,pres,"
    "devant,derriere,autour,entre,tout,toute,plan,scene,couleur,bas,haut,ciel,n,pas,"
    "lentement,vite,rapidement,a,y,j,c,qu,m,t,on"
)

#: How many of what is named next.
COUNTS: dict[int, str] = {
    2: "two,2,a pair of,a couple of,pair of,couple of,twin,deux,une paire de",
    3: "three,3,trio of,several,many,lots of,a group of,a herd of,a flock of,trois,plusieurs,"
    "un groupe de,un troupeau de,une bande de",
    4: "four,4,quatre",
    5: "five,5,cinq",
    6: "six,6",
}

#: What takes an actor away.
WITHOUT = "without,remove,no,minus,sans,enleve,retire,supprime"
#: What brings another actor beside those that are there.
ALSO = "and,with,add,also,another,plus,beside,next,et,avec,ajoute,aussi,joined,meets,friend"
