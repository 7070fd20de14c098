using System.Text.RegularExpressions;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>A system call that durability rests on, and the file or directory below the data directory it was made for.</summary>
internal sealed partial record DiskCall(string Name, string Path)
{
    /// <summary>openat counts only where it creates.</summary>
    public const string Traced = "openat,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,fallocate";

    /// <summary>What stands for many alike: the call and the directory, by name, without numbers.</summary>
    public string Kind(string root) =>
        $"{Name} {Digits().Replace(System.IO.Path.GetRelativePath(root, System.IO.Path.GetDirectoryName(Path) ?? Path), "N")}";

    /// <summary>The calls of a trace (strace -f -y) below a directory, in order, each once.</summary>
    public static IReadOnlyList<DiskCall> Parse(IEnumerable<string> lines, string root)
    {
        var calls = new List<DiskCall>();
        foreach (var line in lines)
            if (Line().Match(line) is { Success: true } match && !(match.Groups["name"].Value == "openat" && !line.Contains("O_CREAT", StringComparison.Ordinal))
                && Paths().Matches(line).Select(p => p.Groups["a"].Success ? p.Groups["a"].Value : p.Groups["b"].Value)
                    .FirstOrDefault(p => p.StartsWith(root + "/", StringComparison.Ordinal)) is { } path)
                calls.Add(new DiskCall(match.Groups["name"].Value, path));
        return [.. calls.Distinct()];
    }

    [GeneratedRegex(@"^\d+ +(?<name>\w+)\(")]
    private static partial Regex Line();

    [GeneratedRegex("\"(?<a>/[^\"]*)\"|\\d<(?<b>/[^>]*)>")]
    private static partial Regex Paths();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
