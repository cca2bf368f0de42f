"""What the forms of listings offer to choose from: languages and time zones."""

# In their own words, which need no translation.
LANGUAGES = {
    "en": "English", "bg": "Български", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "es": "Español",
    "et": "Eesti", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "hr": "Hrvatski", "hu": "Magyar", "it": "Italiano",
    "lt": "Lietuvių", "lv": "Latviešu", "mt": "Malti", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português",
    "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina", "sv": "Svenska", "tr": "Türkçe", "uk": "Українська",
    "ar": "العربية", "he": "עברית", "ja": "日本語", "ko": "한국어", "zh": "中文",
}  # fmt: skip
# One for every clock in use where people are; a listing keeps any other zone it has.
ZONES = (
    "Europe/Brussels", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow",
    "Atlantic/Azores", "Africa/Casablanca", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Jerusalem",
    "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok",
    "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo", "Asia/Seoul", "Australia/Perth", "Australia/Adelaide",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles",
    "America/Phoenix", "America/Denver", "America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto",
    "America/Bogota", "America/Halifax", "America/St_Johns", "America/Santiago", "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires", "UTC",
)  # fmt: skip
