//! A sheet for the printer: it stands beside the app, is never seen on the screen, and while it is
//! there it is all that is printed (`@media print` in the style sheet).

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Element;

/// A heading, a line below it, and a table. Rows are made by hand: a list may have some 100,000.
#[derive(Debug)]
pub struct Sheet {
    whole: Element,
    rows: Element,
}

impl Sheet {
    /// Nothing where the browser makes no elements.
    pub fn new(heading: &str, columns: &[&str]) -> Option<Self> {
        let whole = element("section")?;
        whole.set_class_name("print-sheet");
        add(&whole, "h1", heading)?;
        let table = add(&whole, "table", "")?;
        let row = add(&add(&table, "thead", "")?, "tr", "")?;
        for column in columns {
            add(&row, "th", column)?.set_attribute("scope", "col").ok()?;
        }
        let rows = add(&table, "tbody", "")?;
        Some(Self { whole, rows })
    }

    /// A row; names may be of any script.
    pub fn row(&self, cells: &[&str]) -> Option<()> {
        let row = element("tr")?;
        for cell in cells {
            add(&row, "td", cell)?.set_attribute("dir", "auto").ok()?;
        }
        self.rows.append_child(&row).ok()?;
        Some(())
    }

    /// A line below the heading.
    pub fn note(&self, note: &str) -> Option<()> {
        let line = element("p")?;
        line.set_text_content(Some(note));
        let heading = self.whole.first_child()?;
        self.whole.insert_before(&line, heading.next_sibling().as_ref()).ok()?;
        Some(())
    }

    /// Asks the browser to print, and takes the sheet away when that is done.
    pub fn print(self) -> Option<()> {
        // A browser that does not say when it is done leaves the last one.
        while let Ok(Some(last)) = document().query_selector(".print-sheet") {
            last.remove();
        }
        document().body()?.append_child(&self.whole).ok()?;
        let whole = self.whole;
        let done = Closure::once_into_js(move || whole.remove());
        window().set_onafterprint(Some(done.unchecked_ref()));
        window().print().ok()
    }
}

fn element(name: &str) -> Option<Element> {
    document().create_element(name).ok()
}

fn add(to: &Element, name: &str, text: &str) -> Option<Element> {
    let element = element(name)?;
    element.set_text_content(Some(text));
    to.append_child(&element).ok()?;
    Some(element)
}
