using System.Text.RegularExpressions;

namespace EdgeEnforcement.Architecture.Tests;

/// <summary>Tests that are skipped or that sleep prove nothing.</summary>
public sealed partial class HonestTestsTests
{
    [Fact]
    public void No_test_is_skipped_and_none_sleeps()
    {
        var strays = SourceTree.Files("tests")
            .Where(path => !path.EndsWith(nameof(HonestTestsTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, number: index + 1)))
            .Where(row => SkipOrSleep().IsMatch(row.line))
            .Select(row => $"{SourceTree.Relative(row.path)}:{row.number}: {row.line.Trim()}");

        Assert.Empty(strays);
    }

    [Theory]
    [InlineData("[Fact(Skip = \"later\")]")]
    [InlineData("Assert.Skip(\"no server\");")]
    [InlineData("Thread.Sleep(100);")]
    [InlineData("await Task.Delay(1000);")]
    public void The_check_sees_one(string line) => Assert.Matches(SkipOrSleep(), line);

    // Task.Delay with a TimeProvider is a poll's pause inside a wait with a limit.
    [GeneratedRegex(@"\bSkip\s*=\s*""|Assert\.Skip|Thread\.Sleep|Task\.Delay\([^,()]*\)")]
    private static partial Regex SkipOrSleep();
}
