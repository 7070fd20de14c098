using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Hosting;

/// <summary>What the console itself must remember between starts: keys for its cookies, and the ledger keys it pinned.</summary>
internal sealed class DataFolder(IOptions<ConsoleOptions> options)
{
    private readonly string _root = options.Value.Data is { Length: > 0 } configured
        ? Path.GetFullPath(configured)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "edgeenforcement", "console");

    public DirectoryInfo Keys => Directory.CreateDirectory(Path.Combine(_root, "keys"));

    public DirectoryInfo Pins => Directory.CreateDirectory(Path.Combine(_root, "pins"));
}
