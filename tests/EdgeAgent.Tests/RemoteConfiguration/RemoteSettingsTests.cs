using System.Text;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Tests.Detection;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

public sealed class RemoteSettingsTests
{
    [Fact]
    public void What_may_be_set_is_read()
    {
        var settings = Read("""{ "Upload": { "UploadAll": false, "ParallelFiles": 3 }, "Uplink": { "BackoffMaximum": "00:05:00" } }""");

        Assert.Equal("false", settings.Values["Upload:UploadAll"]);
        Assert.Equal("3", settings.Values["upload:parallelfiles"]);
        Assert.Equal("00:05:00", settings.Values["Uplink:BackoffMaximum"]);
    }

    [Fact]
    public void A_list_takes_the_place_of_the_local_one_also_when_it_is_empty()
    {
        var some = Read("""{ "Hj212": { "Stations": [ { "Mn": "A1", "Factors": [ { "Code": "w01018" } ] } ] } }""");
        var none = Read("""{ "Hj212": { "Stations": [] } }""");

        Assert.Equal("w01018", some.Values["Hj212:Stations:0:Factors:0:Code"]);
        Assert.True(some.Replaces("Hj212:Stations:4:Mn") && none.Replaces("Hj212:Stations:0:Mn"));
        Assert.False(some.Replaces("Hj212:Listen:0"));
    }

    [Theory]
    [InlineData("""{ "Agent": { "Producer": "other" } }""", "Agent:Producer: this section is not set remotely")]
    [InlineData("""{ "Uplink": { "Address": "http://10.0.0.1" } }""", "Uplink:Address: is set at the station only")]
    [InlineData("""{ "Uplink": { "Mqtt": { "Host": "10.0.0.1" } } }""", "Uplink:Mqtt:Host: there is no such setting")]
    [InlineData("""{ "Status": { "Listen": "http://127.0.0.1:1" } }""", "Status:Listen: is set at the station only")]
    [InlineData("""{ "Dock": { "Bays": [] } }""", "Dock:Bays: is set at the station only")]
    [InlineData("""{ "Hj212": { "Listen": [ "0.0.0.0:1" ] } }""", "Hj212:Listen: is set at the station only")]
    [InlineData("""{ "Detection": { "RuleFile": "/etc/passwd" } }""", "Detection:RuleFile: is set at the station only")]
    [InlineData("""{ "RemoteConfiguration": { "Accept": true } }""", "RemoteConfiguration:Accept: this section is not set remotely")]
    [InlineData("""{ "Upload": { "ParalelFiles": 3 } }""", "Upload:ParalelFiles: there is no such setting")]
    [InlineData("""{ "Hj212": { "Stations": [ { "Mn": "A1", "Nme": "x" } ] } }""", "Hj212:Stations:0:Nme: there is no such setting")]
    [InlineData("""{ "Upload": { "ParallelFiles": "three" } }""", "Upload:ParallelFiles: 'three' is no Int32")]
    [InlineData("""{ "Upload": { "ParallelFiles": 99999999999 } }""", "Upload:ParallelFiles: '99999999999' is no Int32")]
    [InlineData("""{ "Upload": { "ParallelFiles": { "x": 1 } } }""", "Upload:ParallelFiles:x: there is no such setting")]
    [InlineData("""{ "Upload": { "ParallelFiles": null } }""", "Upload:ParallelFiles: null sets nothing")]
    [InlineData("""{ "Upload": { "UploadAll": [ true ] } }""", "Upload:UploadAll: a list is no Boolean")]
    [InlineData("""{ "Hj212": { "Stations": "none" } }""", "Hj212:Stations: 'none' is no list of StationOptions")]
    [InlineData("""{ "Upload": true }""", "Upload: is a section")]
    [InlineData("""{ "Hj212:Stations:0:Mn": "A1" }""", "Hj212:Stations:0:Mn: a name is not empty and holds no colon")]
    [InlineData("""{ "Upload": { "UploadAll": true }, "upload": { "uploadall": false } }""", "upload:uploadall: is set twice")]
    [InlineData("[]", "the configuration is no JSON object")]
    public void What_may_not_be_set_is_named(string json, string fault) => Assert.Contains(fault, Faults(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{ /* why */ }")]
    [InlineData("""{ "Upload": {}, "Upload": {} }""")]
    public void What_is_no_strict_JSON_is_refused(string json) => Assert.StartsWith("the configuration is no JSON: ", Assert.Single(Faults(json)));

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var faults = Faults("""{ "Agent": { "Producer": "x" }, "Upload": { "ParallelFiles": "y" }, "Detection": { "Rules": { "format": 1 } } }""");

        Assert.Contains(faults, f => f.StartsWith("Agent:Producer", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("Upload:ParallelFiles", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("Detection:Rules: ", StringComparison.Ordinal));
        Assert.Empty(RemoteSettings.Read("""{ "Agent": { "Producer": "x" } }"""u8.ToArray()).Values);
    }

    [Fact]
    public void A_rule_set_is_kept_byte_for_byte()
    {
        var rules = Encoding.UTF8.GetString(Outlet.Rules());

        Assert.Equal(rules, Encoding.UTF8.GetString(Read($$"""{ "Detection": { "Rules": {{rules}} } }""").Rules!));
    }

    private static RemoteSettings Read(string json)
    {
        var settings = RemoteSettings.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(settings.Faults);
        return settings;
    }

    private static IReadOnlyList<string> Faults(string json) => RemoteSettings.Read(Encoding.UTF8.GetBytes(json)).Faults;
}
