//! On macOS the linker must be told that Python's own symbols come later; elsewhere this says nothing.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
