//! The words a document adds to the learner's own, in the collection's language: headings, dates, figures.

use cairn_domain::Kind;

/// What a document says in one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// The primary language subtag (BCP 47).
    pub language: &'static str,
    /// How dates are written.
    pub dates: Dates,
    /// An end that is still open.
    pub present: &'static str,
    /// A credential that is under way, with the date it is expected at `{}`.
    pub expected: &'static str,
    /// A credential that is under way, without a date.
    pub in_progress: &'static str,
    /// A credential that is no longer valid.
    pub expired: &'static str,
    /// The end of a credential's validity at `{}`.
    pub valid_until: &'static str,
    /// A credential's number at `{}`.
    pub number: &'static str,
    /// A mark at `{}`.
    pub grade: &'static str,
    /// Technical skills, skills of working with people, skills of getting things decided and done.
    pub skill_sorts: [&'static str; 3],
    /// Headings, in the order of [`Words::section`], with `|` between them.
    pub headings: &'static str,
    /// What stands between whole and fraction, and between groups of three digits.
    pub separators: [&'static str; 2],
}

/// How the month of a year is written.
#[derive(Debug)]
pub(crate) enum Dates {
    /// By name: "Mar 2021".
    Named([&'static str; 12]),
    /// Month first: "03/2021".
    MonthFirst(&'static str),
    /// Year first: "2021-03" (ISO 8601), which reads the same in any language.
    YearFirst,
}

impl Words {
    /// The words of `language` (BCP 47), or English ones where Cairn does not know it.
    pub fn of(language: &str) -> &'static Words {
        Words::find(language).unwrap_or(&EN)
    }

    /// Whether Cairn has words of its own in `language`; no language at all means English.
    pub fn know(language: &str) -> bool {
        language.is_empty() || Words::find(language).is_some()
    }

    /// Those of every language.
    #[cfg(test)]
    pub fn all() -> &'static [&'static Words] {
        ALL
    }

    fn find(language: &str) -> Option<&'static Words> {
        let primary = language.split('-').next().unwrap_or_default();
        ALL.iter().copied().find(|words| words.language.eq_ignore_ascii_case(primary))
    }

    /// The usual heading over the records of `kind`; over credentials another where skills stand under it, too.
    pub fn section(&self, kind: Kind, credentials_head_skills: bool) -> &'static str {
        let at = match kind {
            Kind::Profile => 0,
            Kind::Credential if credentials_head_skills => 1,
            Kind::Credential => 2,
            Kind::Skill => 3,
            Kind::Work => 4,
            Kind::Story => 5,
            Kind::Project => 6,
            Kind::Education => 7,
            Kind::Volunteering => 8,
            Kind::Award => 9,
            Kind::Publication => 10,
            Kind::Language => 11,
            Kind::Interest => 12,
            Kind::Reference => 13,
            _ => 14,
        };
        self.headings.split('|').nth(at).unwrap_or_default()
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const ALL: &[&Words] = &[&EN, &DE, &FR, &ES, &IT, &PT, &NL, &SV, &PL, &EL, &RU, &UK, &AR];

static EN: Words = Words {
    language: "en",
    dates: Dates::Named(MONTHS),
    present: "present",
    expected: "expected {}",
    in_progress: "in progress",
    expired: "expired",
    valid_until: "valid until {}",
    number: "ID {}",
    grade: "Grade: {}",
    skill_sorts: ["Technical", "Interpersonal", "Leadership"],
    headings: "Summary|Relevant skills & certifications|Certifications|Skills|Experience|Selected achievements|Projects|\
        Education|Volunteering|Awards|Publications|Languages|Interests|References|Evidence",
    separators: [".", ","],
};

static DE: Words = Words {
    language: "de",
    dates: Dates::MonthFirst("/"),
    present: "heute",
    expected: "voraussichtlich {}",
    in_progress: "in Arbeit",
    expired: "abgelaufen",
    valid_until: "gültig bis {}",
    number: "Nr. {}",
    grade: "Note: {}",
    skill_sorts: ["Fachlich", "Zusammenarbeit", "Führung"],
    headings: "Profil|Kenntnisse und Zertifikate|Zertifikate|Kenntnisse|Berufserfahrung|Ausgewählte Erfolge|Projekte|\
        Ausbildung|Ehrenamt|Auszeichnungen|Veröffentlichungen|Sprachen|Interessen|Referenzen|Nachweise",
    separators: [",", "."],
};

static FR: Words = Words {
    language: "fr",
    dates: Dates::MonthFirst("/"),
    present: "aujourd’hui",
    expected: "prévu {}",
    in_progress: "en cours",
    expired: "expiré",
    valid_until: "valable jusqu’au {}",
    number: "N° {}",
    grade: "Note : {}",
    skill_sorts: ["Techniques", "Relationnelles", "Direction"],
    headings: "Profil|Compétences et certifications|Certifications|Compétences|Expérience professionnelle|\
        Réalisations choisies|Projets|Formation|Bénévolat|Distinctions|Publications|Langues|Centres d’intérêt|\
        Références|Justificatifs",
    separators: [",", "\u{a0}"],
};

static ES: Words = Words {
    language: "es",
    dates: Dates::MonthFirst("/"),
    present: "actualidad",
    expected: "previsto {}",
    in_progress: "en curso",
    expired: "caducado",
    valid_until: "válido hasta {}",
    number: "N.º {}",
    grade: "Nota: {}",
    skill_sorts: ["Técnicas", "Interpersonales", "Liderazgo"],
    headings: "Perfil|Competencias y certificaciones|Certificaciones|Competencias|Experiencia|Logros destacados|Proyectos|\
        Formación|Voluntariado|Premios|Publicaciones|Idiomas|Intereses|Referencias|Evidencias",
    separators: [",", "."],
};

static IT: Words = Words {
    language: "it",
    dates: Dates::MonthFirst("/"),
    present: "oggi",
    expected: "previsto {}",
    in_progress: "in corso",
    expired: "scaduto",
    valid_until: "valido fino al {}",
    number: "N. {}",
    grade: "Voto: {}",
    skill_sorts: ["Tecniche", "Relazionali", "Leadership"],
    headings: "Profilo|Competenze e certificazioni|Certificazioni|Competenze|Esperienza|Risultati scelti|Progetti|\
        Formazione|Volontariato|Riconoscimenti|Pubblicazioni|Lingue|Interessi|Referenze|Evidenze",
    separators: [",", "."],
};

static PT: Words = Words {
    language: "pt",
    dates: Dates::MonthFirst("/"),
    present: "atual",
    expected: "previsto {}",
    in_progress: "em curso",
    expired: "expirado",
    valid_until: "válido até {}",
    number: "N.º {}",
    grade: "Nota: {}",
    skill_sorts: ["Técnicas", "Interpessoais", "Liderança"],
    headings: "Perfil|Competências e certificações|Certificações|Competências|Experiência|Resultados selecionados|Projetos|\
        Formação|Voluntariado|Prêmios|Publicações|Idiomas|Interesses|Referências|Evidências",
    separators: [",", "."],
};

static NL: Words = Words {
    language: "nl",
    dates: Dates::MonthFirst("/"),
    present: "heden",
    expected: "verwacht {}",
    in_progress: "in uitvoering",
    expired: "verlopen",
    valid_until: "geldig tot {}",
    number: "Nr. {}",
    grade: "Cijfer: {}",
    skill_sorts: ["Technisch", "Samenwerken", "Leiderschap"],
    headings: "Profiel|Vaardigheden en certificaten|Certificaten|Vaardigheden|Werkervaring|Geselecteerde resultaten|\
        Projecten|Opleiding|Vrijwilligerswerk|Prijzen|Publicaties|Talen|Interesses|Referenties|Bewijsstukken",
    separators: [",", "."],
};

static SV: Words = Words {
    language: "sv",
    dates: Dates::YearFirst,
    present: "nu",
    expected: "väntas {}",
    in_progress: "pågår",
    expired: "utgått",
    valid_until: "giltigt till {}",
    number: "Nr {}",
    grade: "Betyg: {}",
    skill_sorts: ["Tekniska", "Samarbete", "Ledarskap"],
    headings: "Profil|Kompetenser och certifikat|Certifikat|Kompetenser|Arbetslivserfarenhet|Utvalda resultat|Projekt|\
        Utbildning|Ideellt arbete|Utmärkelser|Publikationer|Språk|Intressen|Referenser|Underlag",
    separators: [",", "\u{a0}"],
};

static PL: Words = Words {
    language: "pl",
    dates: Dates::MonthFirst("."),
    present: "obecnie",
    expected: "planowane {}",
    in_progress: "w toku",
    expired: "wygasł",
    valid_until: "ważny do {}",
    number: "Nr {}",
    grade: "Ocena: {}",
    skill_sorts: ["Techniczne", "Interpersonalne", "Przywództwo"],
    headings: "Profil|Umiejętności i certyfikaty|Certyfikaty|Umiejętności|Doświadczenie zawodowe|Wybrane osiągnięcia|\
        Projekty|Wykształcenie|Wolontariat|Nagrody|Publikacje|Języki|Zainteresowania|Referencje|Dowody",
    separators: [",", "\u{a0}"],
};

static EL: Words = Words {
    language: "el",
    dates: Dates::MonthFirst("/"),
    present: "σήμερα",
    expected: "αναμένεται {}",
    in_progress: "σε εξέλιξη",
    expired: "έληξε",
    valid_until: "ισχύει έως {}",
    number: "Αρ. {}",
    grade: "Βαθμός: {}",
    skill_sorts: ["Τεχνικές", "Διαπροσωπικές", "Ηγεσία"],
    headings: "Προφίλ|Δεξιότητες και πιστοποιήσεις|Πιστοποιήσεις|Δεξιότητες|Επαγγελματική εμπειρία|Επιλεγμένα επιτεύγματα|\
        Έργα|Εκπαίδευση|Εθελοντισμός|Διακρίσεις|Δημοσιεύσεις|Γλώσσες|Ενδιαφέροντα|Συστάσεις|Τεκμήρια",
    separators: [",", "."],
};

static RU: Words = Words {
    language: "ru",
    dates: Dates::MonthFirst("."),
    present: "настоящее время",
    expected: "ожидается {}",
    in_progress: "в процессе",
    expired: "истёк",
    valid_until: "действителен до {}",
    number: "№ {}",
    grade: "Оценка: {}",
    skill_sorts: ["Профессиональные", "Межличностные", "Лидерство"],
    headings: "О себе|Навыки и сертификаты|Сертификаты|Навыки|Опыт работы|Избранные достижения|Проекты|Образование|\
        Волонтёрство|Награды|Публикации|Языки|Интересы|Рекомендации|Подтверждения",
    separators: [",", "\u{a0}"],
};

static UK: Words = Words {
    language: "uk",
    dates: Dates::MonthFirst("."),
    present: "дотепер",
    expected: "очікується {}",
    in_progress: "у процесі",
    expired: "термін дії минув",
    valid_until: "дійсний до {}",
    number: "№ {}",
    grade: "Оцінка: {}",
    skill_sorts: ["Професійні", "Міжособистісні", "Лідерство"],
    headings: "Про себе|Навички та сертифікати|Сертифікати|Навички|Досвід роботи|Вибрані досягнення|Проєкти|Освіта|\
        Волонтерство|Нагороди|Публікації|Мови|Інтереси|Рекомендації|Підтвердження",
    separators: [",", "\u{a0}"],
};

static AR: Words = Words {
    language: "ar",
    dates: Dates::MonthFirst("/"),
    present: "حتى الآن",
    expected: "متوقع {}",
    in_progress: "قيد الإنجاز",
    expired: "منتهية الصلاحية",
    valid_until: "صالحة حتى {}",
    number: "رقم {}",
    grade: "التقدير: {}",
    skill_sorts: ["تقنية", "التعامل مع الآخرين", "القيادة"],
    headings: "نبذة|المهارات والشهادات|الشهادات|المهارات|الخبرة المهنية|إنجازات مختارة|المشاريع|التعليم|العمل التطوعي|\
        الجوائز|المنشورات|اللغات|الاهتمامات|المراجع|الأدلة",
    separators: [".", ","],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_regional_language_speaks_its_own_and_an_unknown_one_english() {
        assert_eq!(Words::of("pt-BR").present, "atual");
        assert_eq!(Words::of("DE-ch").present, "heute");
        assert_eq!(Words::of("tlh").present, "present");
        assert!(Words::know("en-GB") && Words::know("pt-BR") && Words::know("") && !Words::know("tlh"));
    }

    #[test]
    fn every_language_says_everything_once_and_keeps_its_holes() {
        for words in ALL {
            let headings: BTreeSet<&str> = words.headings.split('|').map(str::trim).filter(|heading| !heading.is_empty()).collect();
            assert_eq!(headings.len(), 15, "{}", words.language);
            for holed in [words.expected, words.valid_until, words.number, words.grade] {
                assert_eq!(holed.matches("{}").count(), 1, "{}: {holed}", words.language);
            }
        }
    }
}
