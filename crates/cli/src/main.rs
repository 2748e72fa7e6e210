//! The `griot` program. All that it does is in the library beside it, because the Python package does parts of it too.

fn main() -> std::process::ExitCode {
    griot_cli::main()
}
