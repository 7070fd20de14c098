using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.OperatorConsole.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Tests.Localization;

public sealed class SentencesTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    // In the same folder, and not said about a field: what others wrote (a conflict), what is wrong with the request itself, an exception, a name.
    private static readonly HashSet<string> NotSaid = new(StringComparer.Ordinal)
    {
        "{0} {1} does not exist, version {2} was seen", "{0} {1}: version {2} was seen, it is at {3} now. {4}", "{0} {1} is changed twice in one act",
        "guards' registers and records about parties are not changed in one act", "GB 18030 is part of the framework", "{0} bytes",
    };

    private readonly IStringLocalizer<Texts> _texts = new StringLocalizer<Texts>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Fact]
    public void Everything_the_registers_and_acts_say_is_said_in_Chinese_with_the_same_in_it()
    {
        var service = Path.Combine(Repository.Root, "src", "IngestService");
        var templates = Directory.EnumerateFiles(Path.Combine(service, "Registers"), "*.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(service, "Cases", "ActSentences.cs")).SelectMany(file => SaidTemplates.In(File.ReadAllText(file))).Except(NotSaid).ToList();
        var words = new ResourceManager(typeof(Sentences)).GetResourceSet(Chinese, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

        Assert.True(templates.Count > 100, $"{templates.Count} sentences were found");
        Assert.Empty(templates.Except(words.Keys));
        Assert.Empty(words.Keys.Except(templates));
        Assert.All(words, pair => Assert.Equal(Places(pair.Key), Places(pair.Value)));
    }

    [Fact]
    public void A_sentence_is_said_in_the_readers_language_with_words_for_its_values()
    {
        var said = new Sentence { Template = "{0} cannot follow {1}", Arguments = { "@AdmissionState.Retired", "@AdmissionState.Admitted" } };

        Assert.Equal("“启用”之后不能直接进入“停用”", In(Chinese, () => _texts.Say(said, "")));
        Assert.Equal("retired cannot follow admitted", In(CultureInfo.GetCultureInfo("en"), () => _texts.Say(said, "")));
    }

    [Fact]
    public void An_act_of_the_process_is_named_by_its_own_word()
    {
        var said = new Sentence
        {
            Template = "version {0} was seen, the case is at version {1} now: the last act is {2} by {3}, entry {4}",
            Arguments = { "3", "5", "@ProcedureActKind.File", "han-b", "41" },
        };

        Assert.Equal("您看到的是第 3 版，案件现在是第 5 版：最近一次是 han-b 办理的“立案”（条目 41）", In(Chinese, () => _texts.Say(said, "")));
    }

    [Fact]
    public void What_has_no_words_here_is_shown_as_it_was_said()
    {
        Assert.Equal("its own words", In(Chinese, () => _texts.Say(null, "its own words")));
        Assert.Equal("a newer @sentence of Yibin", In(Chinese, () => _texts.Say(new Sentence { Template = "a newer {0} of {1}", Arguments = { "@sentence", "@City.Yibin" } }, "")));
        Assert.Equal("its own words", In(Chinese, () => _texts.Say(new Sentence { Template = "{0} cannot follow {1}", Arguments = { "one" } }, "its own words")));
    }

    private static string In(CultureInfo culture, Func<string> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = culture;
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Places(string words) => string.Join(' ', Regex.Matches(words, @"\{\d\}").Select(place => place.Value).Order(StringComparer.Ordinal));
}
