//! Pages and other markup out of templates and data: nothing in the data is markup, and nothing that a template names may be
//! missing.

use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};

/// Templates by their names, for HTML and XML.
///
/// # Errors
/// Where a template is wrong, which is a mistake of this program.
pub fn markup(templates: &[(&'static str, &'static str)]) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_name| AutoEscape::Html);
    for (name, text) in templates {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}
