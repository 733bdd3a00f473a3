//! Where settings come from: flags, then the environment, then a TOML file.
//!
//! ```toml
//! account_id = "0123456789abcdef0123456789abcdef"
//! api_token_file = "/run/secrets/cloudflare"
//! access_team_domain = "https://acme.cloudflareaccess.com"
//! access_aud = ["32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228"]
//! admins = ["ana@example.com"]
//! ```

use std::{env, fs, io, path::Path};

use proxy::settings::{Mistake, Mistakes, NAMES, Settings, Values};

/// The file that is read where none is named, if it is there.
pub const FILE: &str = "riskdesk.toml";

/// Reads the settings from everywhere; `flags` win.
pub fn read(flags: Values, file: Option<&Path>) -> Result<Settings, Mistakes> {
    let mut mistakes = Vec::new();
    let mut values = from_file(file, &mut mistakes);
    for name in NAMES {
        match env::var(name.env) {
            Ok(value) if !value.trim().is_empty() => {
                values.insert(name.env.to_owned(), value);
            }
            Ok(_) | Err(env::VarError::NotPresent) => {}
            Err(env::VarError::NotUnicode(_)) => {
                mistakes.push(mistake(name.env, "is no UTF-8", "Set it to plain text."));
            }
        }
    }
    values.extend(flags);
    let settings = Settings::read(values, |path| {
        fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
    });
    match settings {
        Ok(settings) if mistakes.is_empty() => Ok(settings),
        Ok(_) => Err(Mistakes(mistakes)),
        Err(Mistakes(more)) => Err(Mistakes([mistakes, more].concat())),
    }
}

fn from_file(file: Option<&Path>, mistakes: &mut Vec<Mistake>) -> Values {
    let path = file.unwrap_or(Path::new(FILE));
    let name = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if file.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return Values::new();
        }
        Err(error) => {
            let problem = format!("can't be read: {error}");
            mistakes.push(mistake(&name, &problem, "Name a file that Riskdesk may read."));
            return Values::new();
        }
    };
    match text.parse::<toml::Table>() {
        Ok(table) => from_table(&name, table, mistakes),
        Err(error) => {
            // The whole message quotes the line, and the line may hold the token.
            let line = error.span().map_or(1, |span| line(&text, span.start));
            let problem = format!("is no TOML: line {line}: {}", error.message());
            mistakes.push(mistake(&name, &problem, "Mend that line: texts stand in quotes."));
            Values::new()
        }
    }
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn from_table(file: &str, table: toml::Table, mistakes: &mut Vec<Mistake>) -> Values {
    let mut values = Values::new();
    for (key, value) in table {
        let Some(name) = NAMES.iter().find(|name| name.key() == key) else {
            let keys: Vec<String> = NAMES.iter().map(|name| name.key()).collect();
            let problem = format!("has {key:?}, which is no setting");
            mistakes.push(mistake(file, &problem, &format!("There are: {}.", keys.join(", "))));
            continue;
        };
        match plain(value) {
            Some(value) => {
                values.insert(name.env.to_owned(), value);
            }
            None => {
                let problem = format!(
                    "has a {key} that is neither a text, a whole number, true or false, nor a list of texts"
                );
                mistakes.push(mistake(file, &problem, "Put it in quotes."));
            }
        }
    }
    values
}

fn plain(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}

fn mistake(setting: &str, problem: &str, fix: &str) -> Mistake {
    Mistake { setting: setting.to_owned(), problem: problem.to_owned(), fix: fix.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Values, Vec<String>) {
        let mut mistakes = Vec::new();
        let values = from_table("file", text.parse().unwrap(), &mut mistakes);
        (values, mistakes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_file_has_texts_lists_flags_and_numbers() {
        let (values, mistakes) = table(
            "listen = '127.0.0.1:1'\nadmins = ['a@b.example', '@c.example']\nrequire_reason = true\ncaller_limit = 60",
        );
        assert!(mistakes.is_empty());
        assert_eq!(values["RISKDESK_LISTEN"], "127.0.0.1:1");
        assert_eq!(values["RISKDESK_ADMINS"], "a@b.example,@c.example");
        assert_eq!(values["RISKDESK_REQUIRE_REASON"], "true");
        assert_eq!(values["RISKDESK_CALLER_LIMIT"], "60");
    }

    #[test]
    fn an_unknown_name_and_an_odd_value_are_mistakes() {
        let (values, mistakes) = table("admin = 'a@b.example'\nviewers = 7.5");
        assert!(values.is_empty());
        assert!(mistakes[0].contains("\"admin\", which is no setting"), "{mistakes:?}");
        assert!(mistakes[1].contains("viewers that is neither"), "{mistakes:?}");
    }

    #[test]
    fn a_broken_file_is_not_repeated() {
        let path = env::temp_dir().join(format!("riskdesk-{}.toml", std::process::id()));
        fs::write(&path, "listen = \"127.0.0.1:1\"\napi_token = canary-5d1c\n").unwrap();
        let mut mistakes = Vec::new();
        from_file(Some(&path), &mut mistakes);
        fs::remove_file(&path).unwrap();
        let text = mistakes[0].to_string();
        assert!(text.contains("line 2") && !text.contains("canary"), "{text}");
    }
}
