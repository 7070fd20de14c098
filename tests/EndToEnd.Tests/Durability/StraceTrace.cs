using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// The system calls of one process in the order strace printed them (-f -y -xx): writes to files, flushes and sends, each with the
/// line where it began and the line where it returned. Two calls A and B of different threads are ordered only if A returned on a
/// line above the one where B began.
/// </summary>
internal sealed partial class StraceTrace
{
    private readonly Dictionary<int, Call> _pending = [];
    private readonly List<Call> _calls = [];

    public IReadOnlyList<Call> Calls => _calls;

    public static StraceTrace Parse(IEnumerable<string> lines)
    {
        var trace = new StraceTrace();
        var number = 0;
        foreach (var line in lines)
            trace.Add(number++, line);
        return trace;
    }

    private void Add(int number, string line)
    {
        if (Resumed().Match(line) is { Success: true } resumed)
        {
            if (_pending.Remove(int.Parse(resumed.Groups["pid"].Value, CultureInfo.InvariantCulture), out var call))
                call.Return(number, line);
            return;
        }

        if (Begun().Match(line) is not { Success: true } begun)
            return;
        var started = new Call(begun.Groups["name"].Value, begun.Groups["path"].Value, number, Bytes(line));
        _calls.Add(started);
        if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            _pending[int.Parse(begun.Groups["pid"].Value, CultureInfo.InvariantCulture)] = started;
        else
            started.Return(number, line);
    }

    // Every quoted string of the line, one after another: the buffers of a vectored call.
    private static string Bytes(string line) =>
        string.Concat(Quoted().Matches(line).Select(match => match.Groups[1].Value.Replace("\\x", "", StringComparison.Ordinal)));

    [GeneratedRegex(@"^(?<pid>\d+) +(?<name>pwrite64|pwritev|pwritev2|write|writev|fsync|fdatasync|sendto|sendmsg|sendmmsg)\(\d+<(?<path>[^>]*)>")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<pid>\d+) +<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"")]
    private static partial Regex Quoted();

    internal sealed class Call(string name, string path, int began, string hex)
    {
        public string Name { get; } = name;
        public string Path { get; } = path;
        public int Began { get; } = began;
        public int Returned { get; private set; } = int.MaxValue;

        /// <summary>Bytes handed over, lower-case hex.</summary>
        public string Hex { get; } = hex;

        /// <summary>Returned without an error, and really executed: a call that strace answered itself did nothing.</summary>
        public bool Succeeded { get; private set; }

        public bool IsFlush => Name is "fsync" or "fdatasync";
        public bool IsSend => Name.StartsWith("send", StringComparison.Ordinal) || (Name is "write" or "writev" && Path.Contains("socket", StringComparison.Ordinal));
        public bool IsFileWrite => Name.StartsWith("pwrite", StringComparison.Ordinal);

        public void Return(int line, string text)
        {
            Returned = line;
            Succeeded = !text.Contains("(INJECTED)", StringComparison.Ordinal) && !text.Contains(" = -1 ", StringComparison.Ordinal);
        }
    }
}
