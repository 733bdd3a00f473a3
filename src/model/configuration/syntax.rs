//! Reading Terraform's language, as far as a configuration of these resources needs it: blocks,
//! attributes, texts without templates, maps, lists, references. Anything else is an error that
//! names its line
//! (<https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>).

use std::{iter::Peekable, str::Chars};

use super::{Problem, Unreadable};

/// More than this within each other is no configuration.
const DEEPEST: usize = 16;

/// `type "label" { … }`.
#[derive(Debug)]
pub(super) struct Block {
    pub line: usize,
    pub kind: String,
    pub labels: Vec<String>,
    pub body: Body,
}

#[derive(Debug, Default)]
pub(super) struct Body {
    pub attributes: Vec<Attribute>,
    pub blocks: Vec<Block>,
}

/// `name = value`.
#[derive(Debug)]
pub(super) struct Attribute {
    pub line: usize,
    pub name: String,
    pub value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Bool(bool),
    Null,
    Map(Vec<Attribute>),
    /// `var.account_id`, or an address such as `type.label`.
    Reference(String),
    /// A list or a number: none of these resources takes one.
    Other,
}

pub(super) fn parse(text: &str) -> Result<Body, Unreadable> {
    let mut parser = Parser { tokens: Tokens::new(text), next: None };
    parser.body(0)
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Number,
    Sign(char),
    LineEnd,
    End,
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    next: Option<(usize, Token)>,
}

impl Parser<'_> {
    fn peek(&mut self) -> Result<&Token, Unreadable> {
        if self.next.is_none() {
            self.next = Some(self.tokens.token()?);
        }
        Ok(self.next.as_ref().map_or(&Token::End, |(_, token)| token))
    }

    fn take(&mut self) -> Result<(usize, Token), Unreadable> {
        match self.next.take() {
            Some(token) => Ok(token),
            None => self.tokens.token(),
        }
    }

    fn skip(&mut self, skipped: &[Token]) -> Result<(), Unreadable> {
        while skipped.contains(self.peek()?) {
            self.take()?;
        }
        Ok(())
    }

    /// Up to its `}`, or to the end of the file where it is within nothing.
    fn body(&mut self, depth: usize) -> Result<Body, Unreadable> {
        let mut body = Body::default();
        loop {
            self.skip(&[Token::LineEnd])?;
            let (line, token) = self.take()?;
            let name = match token {
                Token::End if depth == 0 => return Ok(body),
                Token::Sign('}') if depth > 0 => return Ok(body),
                Token::Name(name) if depth < DEEPEST => name,
                token => return Err(unexpected(line, &token)),
            };
            if *self.peek()? == Token::Sign('=') {
                self.take()?;
                let value = self.value(depth)?;
                body.attributes.push(Attribute { line, name, value });
            } else {
                let labels = self.labels()?;
                let inside = self.body(depth + 1)?;
                body.blocks.push(Block { line, kind: name, labels, body: inside });
            }
            let (line, token) = self.take()?;
            match token {
                Token::LineEnd => {}
                // `name { a = b }` on one line, and the end of the file.
                Token::Sign('}') | Token::End => self.next = Some((line, token)),
                token => return Err(unexpected(line, &token)),
            }
        }
    }

    /// Up to the block's `{`.
    fn labels(&mut self) -> Result<Vec<String>, Unreadable> {
        let mut labels = Vec::new();
        loop {
            match self.take()? {
                (_, Token::Name(label) | Token::Text(label)) => labels.push(label),
                (_, Token::Sign('{')) => return Ok(labels),
                (line, token) => return Err(unexpected(line, &token)),
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Unreadable> {
        let (line, token) = self.take()?;
        match token {
            Token::Text(text) => Ok(Value::Text(text)),
            Token::Number => Ok(Value::Other),
            Token::Name(name) => match name.as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                "null" => Ok(Value::Null),
                _ => self.reference(name),
            },
            Token::Sign('{') if depth < DEEPEST => self.map(depth + 1),
            Token::Sign('[') if depth < DEEPEST => self.list(depth + 1),
            token => Err(unexpected(line, &token)),
        }
    }

    fn reference(&mut self, mut name: String) -> Result<Value, Unreadable> {
        while *self.peek()? == Token::Sign('.') {
            self.take()?;
            match self.take()? {
                (_, Token::Name(part)) => {
                    name.push('.');
                    name.push_str(&part);
                }
                (line, token) => return Err(unexpected(line, &token)),
            }
        }
        Ok(Value::Reference(name))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Unreadable> {
        let mut entries = Vec::new();
        loop {
            self.skip(&[Token::LineEnd, Token::Sign(',')])?;
            let (line, token) = self.take()?;
            let name = match token {
                Token::Sign('}') => return Ok(Value::Map(entries)),
                Token::Name(name) | Token::Text(name) => name,
                token => return Err(unexpected(line, &token)),
            };
            match self.take()? {
                (_, Token::Sign('=' | ':')) => {}
                (line, token) => return Err(unexpected(line, &token)),
            }
            let value = self.value(depth)?;
            entries.push(Attribute { line, name, value });
            match self.peek()? {
                Token::LineEnd | Token::Sign(',' | '}') => {}
                _ => {
                    let (line, token) = self.take()?;
                    return Err(unexpected(line, &token));
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Unreadable> {
        loop {
            self.skip(&[Token::LineEnd, Token::Sign(',')])?;
            if *self.peek()? == Token::Sign(']') {
                self.take()?;
                return Ok(Value::Other);
            }
            self.value(depth)?;
        }
    }
}

fn unexpected(line: usize, token: &Token) -> Unreadable {
    let what = match token {
        Token::Name(name) => format!("“{name}” is not expected here"),
        Token::Text(_) => "a text is not expected here".to_owned(),
        Token::Number => "a number is not expected here".to_owned(),
        Token::Sign(sign) => format!("“{sign}” is not expected here"),
        Token::LineEnd => "the line ends too early".to_owned(),
        Token::End => "the file ends too early".to_owned(),
    };
    Problem::at(line, what)
}

struct Tokens<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.chars().peekable(), line: 1 }
    }

    fn token(&mut self) -> Result<(usize, Token), Unreadable> {
        loop {
            let line = self.line;
            let token = match self.rest.next() {
                None => Token::End,
                Some('\n') => {
                    self.line += 1;
                    Token::LineEnd
                }
                Some(' ' | '\t' | '\r') => continue,
                Some('#') => {
                    self.comment();
                    continue;
                }
                Some('/') if self.rest.peek() == Some(&'/') => {
                    self.comment();
                    continue;
                }
                Some('/') if self.rest.peek() == Some(&'*') => {
                    self.long_comment()?;
                    continue;
                }
                Some('"') => Token::Text(self.text()?),
                Some(sign @ ('{' | '}' | '[' | ']' | '=' | ':' | ',' | '.')) => Token::Sign(sign),
                Some(first) if first.is_alphabetic() || first == '_' => {
                    let mut name = String::from(first);
                    let part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
                    while let Some(c) = self.rest.next_if(part) {
                        name.push(c);
                    }
                    Token::Name(name)
                }
                Some(first) if first.is_ascii_digit() || first == '-' => {
                    while self.rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '.').is_some() {}
                    Token::Number
                }
                Some(other) => {
                    let what = format!("“{other}” is more than can be read here");
                    return Err(Problem::at(line, what));
                }
            };
            return Ok((line, token));
        }
    }

    /// Up to the end of the line, which stays.
    fn comment(&mut self) {
        while self.rest.next_if(|c| *c != '\n').is_some() {}
    }

    fn long_comment(&mut self) -> Result<(), Unreadable> {
        let start = self.line;
        self.rest.next();
        while let Some(c) = self.rest.next() {
            match c {
                '\n' => self.line += 1,
                '*' if self.rest.next_if_eq(&'/').is_some() => return Ok(()),
                _ => {}
            }
        }
        Err(Problem::at(start, "the comment has no end"))
    }

    fn text(&mut self) -> Result<String, Unreadable> {
        let line = self.line;
        let error = |problem: &str| Err(Problem::at(line, problem));
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                None | Some('\n') => return error("the text has no end"),
                Some('\\') => match self.escape() {
                    Some(c) => text.push(c),
                    None => return error("the text has an escape that is none"),
                },
                Some(c @ ('$' | '%')) => {
                    text.push(c);
                    if self.rest.peek() == Some(&'{') {
                        return error("templates in a text can't be read");
                    }
                    // `$${` is a plain `${`.
                    let mut ahead = self.rest.clone();
                    if ahead.next() == Some(c) && ahead.next() == Some('{') {
                        self.rest = ahead;
                        text.push('{');
                    }
                }
                Some(c) => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        match self.rest.next()? {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            c @ ('"' | '\\') => Some(c),
            'u' => self.code(4),
            'U' => self.code(8),
            _ => None,
        }
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        char::from_u32(code)
    }
}
