using System.Text;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>Reads the test vectors out of a page of docs/formats, so that the page cannot say what the code does not do.</summary>
internal sealed partial class FormatPage
{
    private readonly string _text;
    private readonly Dictionary<string, string> _values = [];

    internal FormatPage(string name)
    {
        _text = File.ReadAllText(Repository.PathOf("docs", "formats", name));
        foreach (Match block in VectorBlock().Matches(_text))
        {
            foreach (Match value in Value().Matches(block.Groups[1].Value))
                _values.Add(value.Groups[1].Value, WhiteSpace().Replace(value.Groups[2].Value, ""));
        }
    }

    internal string Text(string name) => _values[name];

    internal byte[] Hex(string name) => Convert.FromHexString(_values[name]);

    internal Sha256Hash Hash(string name) => Sha256Hash.Parse(_values[name]);

    internal byte[] Note() => Encoding.UTF8.GetBytes(NoteBlock().Match(_text).Groups[1].Value);

    [GeneratedRegex(@"^```vector\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex VectorBlock();

    [GeneratedRegex(@"^```note\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NoteBlock();

    [GeneratedRegex(@"^(\w+) =(.*\n(?:  .*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Value();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
