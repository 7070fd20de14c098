using System.Net;
using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.IngestService.Door.Mqtt;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

public sealed class AccessRulesTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_line()
    {
        const string Text = """
            { "loopbackOnly": "yes",
              "rules": [
                { "client": "a*b", "publish": ["x/#/y"], "subscribe": "#" },
                { "publish": [], "pubish": ["#"] },
                7
              ] }
            """;

        AccessRulesReader.Read("rules.json", Encoding.UTF8.GetBytes(Text), out var faults);

        Assert.Equal(
            [
                "rules.json, line 1: \"loopbackOnly\" is true or false",
                "rules.json, line 3: in \"client\" a * stands at the end only",
                "rules.json, line 3: \"publish\" holds what is no topic filter",
                "rules.json, line 3: \"subscribe\" is a list of topic filters",
                "rules.json, line 4: \"pubish\" is not known",
                "rules.json, line 4: the rule names no \"client\"",
                "rules.json, line 5: a rule is an object",
            ],
            faults);
    }

    [Theory]
    [InlineData("", "rules.json, line 1: ")]
    [InlineData("[]", "rules.json, line 1: an object with \"rules\" is expected")]
    [InlineData("{}", "rules.json, line 1: there are no \"rules\"")]
    [InlineData("{ \"rules\": [\n{ \"client\": ", "rules.json, line 2: ")]
    public void Text_that_is_no_rules_permits_nobody(string text, string fault)
    {
        var rules = AccessRulesReader.Read("rules.json", Encoding.UTF8.GetBytes(text), out var faults);

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
        Assert.Empty(rules.Rules);
    }

    [Fact]
    public void The_first_rule_that_is_for_a_client_decides_and_without_one_it_may_nothing()
    {
        var access = Access("""
            { "rules": [
              { "client": "desk-1", "publish": [], "subscribe": ["ee/v1/feed/#"] },
              { "client": "dock-*", "publish": ["ee/v1/{client}/up/#", "t/+"], "subscribe": ["ee/v1/{client}/down", "s/+/x"] } ] }
            """);
        var desk = Admit(access, "desk-1");
        var dock = Admit(access, "dock-7");

        Assert.Equal(ReasonCode.NotAuthorized, access.Connect(Request("other")).Reason);
        Assert.False(access.MayPublish(desk, "t/1"));
        Assert.True(access.MaySubscribe(desk, "ee/v1/feed/alerts"));
        Assert.False(access.MaySubscribe(desk, "ee/v1/#"));
        Assert.True(access.MayPublish(dock, "ee/v1/dock-7/up/raw/x"));
        Assert.True(access.MayPublish(dock, "ee/v1/dock-7/up"));
        Assert.False(access.MayPublish(dock, "ee/v1/dock-8/up"));
        Assert.False(access.MayPublish(dock, "t/1/2"));
        Assert.False(access.MaySubscribe(dock, "ee/v1/+/down"));
        Assert.True(access.MaySubscribe(dock, "s/a/x"));
        Assert.True(access.MaySubscribe(dock, "s/+/x"));
        Assert.False(access.MaySubscribe(dock, "s/#"));
    }

    [Theory]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    public void A_client_whose_id_would_be_more_than_one_topic_has_none_of_its_own(string clientId)
    {
        var access = Access("""{ "rules": [ { "client": "*", "publish": ["ee/v1/{client}/up"], "subscribe": ["ee/v1/{client}/down"] } ] }""");
        var peer = Admit(access, clientId);

        Assert.False(access.MayPublish(peer, "ee/v1/other/up"));
        Assert.False(access.MaySubscribe(peer, $"ee/v1/{clientId}/down"));
    }

    [Fact]
    public void A_wildcard_in_front_gives_no_topic_with_a_dollar()
    {
        var access = Access("""{ "rules": [ { "client": "*", "publish": ["#"], "subscribe": ["#"] } ] }""");

        Assert.False(access.MaySubscribe(Admit(access, "c"), "$SYS/#"));
    }

    [Fact]
    public void User_and_password_are_asked_for_where_the_rule_says_so()
    {
        byte[] salt = [1, 2, 3, 4, 5, 6, 7, 8];
        var hash = Rfc2898DeriveBytes.Pbkdf2("secret"u8, salt, 1_000, HashAlgorithmName.SHA256, 32);
        var access = Access($$"""
            { "rules": [ { "client": "*", "userName": "u", "password": "1000:{{Convert.ToBase64String(salt)}}:{{Convert.ToBase64String(hash)}}" } ] }
            """);

        Assert.Equal(ReasonCode.BadUserNameOrPassword, access.Connect(Request("c")).Reason);
        Assert.Equal(ReasonCode.BadUserNameOrPassword, access.Connect(Request("c") with { UserName = "u", Password = "wrong"u8.ToArray() }).Reason);
        Assert.Equal(ReasonCode.Success, access.Connect(Request("c") with { UserName = "u", Password = "secret"u8.ToArray() }).Reason);
    }

    [Theory]
    [InlineData("open-loopback.json")]
    [InlineData("own-topics-loopback.json")]
    public void The_samples_are_rules_and_refuse_every_address_but_loopback(string name)
    {
        var path = Path.Combine(Root(), "samples/profiles", name);

        Assert.True(Validate(new MqttDoorOptions { AccessFile = path }).Succeeded);
        Assert.Contains("loopback only", Validate(new MqttDoorOptions { AccessFile = path, Address = "0.0.0.0" }).FailureMessage);
    }

    [Fact]
    public void Options_say_all_that_is_wrong()
    {
        var result = Validate(new MqttDoorOptions { Address = "here", TlsPort = 7503, AccessFile = "/no/such/file" });

        Assert.Equal(4, result.Failures!.Count());
    }

    [Fact]
    public async Task Without_rules_nobody_connects()
    {
        await using var host = await MqttDoorHost.StartAsync("""{ "rules": [] }""");
        using var client = await RawClient.OpenAsync(host.Port);

        Assert.Equal((byte)ReasonCode.NotAuthorized, (await client.ConnectAsync("c")).Body[1]);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(MqttDoorOptions options) => new MqttDoorOptionsRule().Validate(null, options);

    private static DoorAccess Access(string text)
    {
        var rules = AccessRulesReader.Read("rules.json", Encoding.UTF8.GetBytes(text), out var faults);
        Assert.Empty(faults);
        return new DoorAccess(rules);
    }

    private static MqttPeer Admit(DoorAccess access, string clientId) => access.Connect(Request(clientId)).Peer!;

    private static ConnectRequest Request(string clientId) => new(clientId, false, new IPEndPoint(IPAddress.Loopback, 1), null, null, null);

    private static string Root()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "EdgeEnforcement.sln")))
                return directory.FullName;
        throw new DirectoryNotFoundException();
    }
}
