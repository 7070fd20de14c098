using System.Text;
using System.Text.Json;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// Reads a rules file and says everything that is wrong with it, each with its line:
/// <code>
/// { "loopbackOnly": true,
///   "rules": [ { "client": "dock-*", "publish": ["ee/v1/{client}/up/#"], "subscribe": ["ee/v1/{client}/down"],
///                "userName": "...", "password": "iterations:salt:hash", "certificateSha256": "...",
///                "gateway": "...", "presence": true } ] }
/// </code>
/// A member that is not known is an error: a rule that was misspelt must not quietly permit or deny something else.
/// </summary>
internal ref struct AccessRulesReader
{
    private const int MaxGatewayLength = 64;

    private readonly string _name;
    private readonly ReadOnlySpan<byte> _text;
    private readonly List<string> _faults;
    private Utf8JsonReader _json;

    private AccessRulesReader(string name, ReadOnlySpan<byte> text, List<string> faults)
    {
        _name = name;
        _text = text;
        _faults = faults;
        _json = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    public static AccessRules Read(string name, ReadOnlySpan<byte> text, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        var reader = new AccessRulesReader(name, text, found);
        try
        {
            return reader.ReadFile();
        }
        catch (JsonException e)
        {
            found.Add($"{name}, line {e.LineNumber + 1}: {e.Message.Split(" LineNumber")[0]}");
            return AccessRules.Nobody;
        }
    }

    private AccessRules ReadFile()
    {
        var isLoopbackOnly = false;
        var rules = new List<AccessRule>();
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Fault("an object with \"rules\" is expected");
            return AccessRules.Nobody;
        }
        var hasRules = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            switch (Name())
            {
                case "comment":
                    ReadText("comment");
                    break;
                case "loopbackOnly":
                    isLoopbackOnly = ReadFlag("loopbackOnly");
                    break;
                case "rules":
                    hasRules = true;
                    ReadRules(rules);
                    break;
                case var other:
                    SkipUnknown(other);
                    break;
            }
        }
        if (!hasRules)
            Fault("there are no \"rules\"");
        return new AccessRules(_name, isLoopbackOnly, rules);
    }

    private void ReadRules(List<AccessRule> rules)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Fault("\"rules\" is a list");
            _json.Skip();
            return;
        }
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject)
                rules.Add(ReadRule());
            else
            {
                Fault("a rule is an object");
                _json.Skip();
            }
        }
    }

    private AccessRule ReadRule()
    {
        var line = Line();
        var rule = new AccessRule("", null, null, null, [], []);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name();
            rule = name switch
            {
                "client" => rule with { Client = ReadClient() },
                "userName" => rule with { UserName = ReadText(name) },
                "password" => rule with { Password = ReadPassword() },
                "gateway" => rule with { Gateway = ReadGateway() },
                "presence" => rule with { HasPresence = ReadFlag(name) },
                "certificateSha256" => rule with { CertificateSha256 = ReadFingerprint() },
                "publish" => rule with { Publish = ReadFilters(name) },
                "subscribe" => rule with { Subscribe = ReadFilters(name) },
                "comment" => Ignore(rule, ReadText(name)),
                _ => Ignore(rule, SkipUnknown(name)),
            };
        }
        if (rule.Client.Length == 0)
            _faults.Add($"{_name}, line {line}: the rule names no \"client\"");
        return rule;
    }

    private static AccessRule Ignore(AccessRule rule, string? read)
    {
        _ = read;
        return rule;
    }

    private string ReadClient()
    {
        var client = ReadText("client");
        if (client.AsSpan(0, Math.Max(0, client.Length - 1)).Contains('*'))
            Fault("in \"client\" a * stands at the end only");
        return client;
    }

    private string ReadGateway()
    {
        var gateway = ReadText("gateway");
        if (gateway.Length is 0 or > MaxGatewayLength)
            Fault($"\"gateway\" has 1 to {MaxGatewayLength} characters");
        return gateway;
    }

    private string ReadPassword()
    {
        var password = ReadText("password");
        if (!AccessRule.TryReadPassword(password, out _, out _, out _))
            Fault("\"password\" is iterations:salt:hash (PBKDF2 with SHA-256, salt and hash in base64, at least 16 bytes of hash)");
        return password;
    }

    private string ReadFingerprint()
    {
        var text = ReadText("certificateSha256");
        if (text.Length != 64 || !text.All(char.IsAsciiHexDigit))
            Fault("\"certificateSha256\" is 64 hex digits");
        return text;
    }

    private List<string> ReadFilters(string name)
    {
        var filters = new List<string>();
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Fault($"\"{name}\" is a list of topic filters");
            _json.Skip();
            return filters;
        }
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.String || _json.GetString() is not { } filter
                || !TopicFilter.IsValid(filter.Replace(AccessRule.ClientPlace, "client", StringComparison.Ordinal)))
            {
                Fault($"\"{name}\" holds what is no topic filter");
                _json.Skip();
                continue;
            }
            filters.Add(filter);
        }
        return filters;
    }

    private string ReadText(string name)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String)
            return _json.GetString()!; // it is one
        Fault($"\"{name}\" is a text");
        _json.Skip();
        return "";
    }

    private bool ReadFlag(string name)
    {
        _json.Read();
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return _json.GetBoolean();
        Fault($"\"{name}\" is true or false");
        _json.Skip();
        return false;
    }

    private string? SkipUnknown(string name)
    {
        Fault($"\"{name}\" is not known");
        _json.Skip();
        return null;
    }

    private readonly string Name() => _json.GetString()!; // a member's name is a text

    private readonly int Line() => Encoding.UTF8.GetString(_text[..(int)_json.TokenStartIndex]).Count(c => c == '\n') + 1;

    private readonly void Fault(string what) => _faults.Add($"{_name}, line {Line()}: {what}");
}
