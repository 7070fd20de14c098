using System.Text.Json;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Tests.Refusals;

/// <summary>docs/refusals.json is the list; code and map must say the same, both ways.</summary>
public sealed class RefusalMapTests
{
    [Fact]
    public void The_list_the_codes_and_the_map_agree()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(FindList()));
        var listed = list.RootElement.GetProperty("refusals").EnumerateArray()
            .Select(r => (
                Code: r.GetProperty("code").GetInt32(),
                Name: r.GetProperty("name").GetString(),
                Permanent: r.GetProperty("permanent").GetBoolean(),
                Stage: r.GetProperty("stage").GetString(),
                Grpc: r.GetProperty("grpc").GetString()!.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(),
                Http: r.GetProperty("http").GetInt32(),
                Mqtt: Convert.ToByte(r.GetProperty("mqtt").GetString(), 16)))
            .ToArray();
        var mapped = Enum.GetValues<RefusalCode>()
            .Select(code => (Code: code, Entry: RefusalMap.Of(code)))
            .Select(m => (
                (int)m.Code, (string?)m.Entry.Name, m.Entry.Permanent, (string?)m.Entry.Stage,
                m.Entry.Grpc.ToString().ToUpperInvariant(), m.Entry.Http, m.Entry.Mqtt))
            .ToArray();

        Assert.Equal(listed, mapped);
        Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.Equal(
            code.ToString().ToUpperInvariant(), RefusalMap.Of(code).Name.Replace("_", "", StringComparison.Ordinal)));
    }

    private static string FindList()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "docs", "refusals.json")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        return Path.Combine(directory.FullName, "docs", "refusals.json");
    }
}
