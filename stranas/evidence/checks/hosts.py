"""What the check of links knows about hosts: data, each meant with all that lies in it."""

# Suffixes that only public bodies and schools may register under.
OFFICIAL = ("go.id", "mil.id", "desa.id", "ac.id", "sch.id")
# Hosts of public bodies elsewhere: anti-corruption portals, procurement, the constitutional court, state-owned
# enterprises and regional banks.
OFFICIAL_TOO = (
    "stranaspk.id",
    "jaga.id",
    "inaproc.id",
    "mkri.id",
    "pln.co.id",
    "pertamina.com",
    "bri.co.id",
    "bni.co.id",
    "bankmandiri.co.id",
    "btn.co.id",
    "posindonesia.co.id",
    "telkom.co.id",
    "bankjateng.co.id",
    "bankjatim.co.id",
    "bankbjb.co.id",
    "bankdki.co.id",
)

# Who holds the account there can change or withdraw the file, and often a sign-in is asked for.
SHARED = {
    "Google Drive": (
        "drive.google.com",
        "drive.usercontent.google.com",
        "docs.google.com",
        "photos.google.com",
        "photos.app.goo.gl",
        "storage.googleapis.com",
        "firebasestorage.googleapis.com",
    ),
    "Dropbox": ("dropbox.com", "db.tt", "dropboxusercontent.com"),
    "OneDrive": ("onedrive.live.com", "onedrive.com", "1drv.ms", "1drv.com", "sharepoint.com"),
    "WeTransfer": ("wetransfer.com", "we.tl"),
    "MEGA": ("mega.nz", "mega.io", "mega.co.nz"),
    "iCloud": ("icloud.com",),
    "layanan berbagi berkas": (
        "4shared.com",
        "mediafire.com",
        "box.com",
        "terabox.com",
        "1024terabox.com",
        "pcloud.com",
        "pcloud.link",
        "degoo.com",
        "zippyshare.com",
        "sendspace.com",
        "sendgb.com",
        "gofile.io",
        "krakenfiles.com",
        "filemail.com",
        "file.io",
        "transfer.sh",
        "smash.com",
        "fromsmash.com",
        "yadi.sk",
        "disk.yandex.com",
        "docdroid.net",
        "docworkspace.com",
        "canva.com",
        "notion.so",
    ),
}
FORMS = ("forms.gle", "forms.office.com", "forms.cloud.microsoft", "jotform.com", "typeform.com", "surveymonkey.com")
CHATS = ("wa.me", "whatsapp.com", "t.me", "telegram.me", "telegram.org", "discord.com", "discord.gg", "line.me")

SHORTENERS = (
    "bit.ly",
    "bitly.com",
    "s.id",
    "tinyurl.com",
    "linktr.ee",
    "lynk.id",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "v.gd",
    "j.mp",
    "t.ly",
    "cutt.ly",
    "rb.gy",
    "gg.gg",
    "shorturl.at",
    "shorturl.asia",
    "tiny.cc",
    "tiny.one",
    "rebrand.ly",
    "adf.ly",
    "linkin.bio",
    "linkr.bio",
    "lnk.bio",
    "bio.link",
    "beacons.ai",
    "taplink.cc",
    "msha.ke",
    "heylink.me",
    "intip.in",
    "page.link",
    "qrco.de",
    "me-qr.com",
)
# Pages that pass on, or show inside of themselves, what lies elsewhere: host, and the beginning of the path.
BETWEEN = (
    ("google.com", "/url"),
    ("google.co.id", "/url"),
    ("docs.google.com", "/viewer"),
    ("docs.google.com", "/gview"),
    ("view.officeapps.live.com", "/"),
    ("l.facebook.com", "/"),
    ("lm.facebook.com", "/"),
    ("l.instagram.com", "/"),
    ("translate.goog", "/"),
)

SOCIAL = {
    "Facebook": ("facebook.com", "fb.com", "fb.me", "fb.watch"),
    "Instagram": ("instagram.com", "instagr.am"),
    "Threads": ("threads.net", "threads.com"),
    "X": ("x.com", "twitter.com"),
    "YouTube": ("youtube.com", "youtu.be"),
    "TikTok": ("tiktok.com",),
    "LinkedIn": ("linkedin.com",),
}

# Names that exist inside one network only (RFC 6761, RFC 6762, RFC 8375, and what offices call their own).
INSIDE = (
    "local",
    "localhost",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "lan",
    "home",
    "home.arpa",
    "corp",
    "test",
    "invalid",
)

# Letters of other scripts, and digits, that look like those of the official suffixes.
LOOK_ALIKES = str.maketrans("аɑαсϲԁɗеɡցһіıι1ӏмоοօ0ѕ", "aaaccddegghiiiilmoooos")
