using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Feed;
using EdgeEnforcement.OperatorConsole.Desk.Proof;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Tests.Localization;

public sealed class TextsTests
{
    private static readonly ResourceManager Resources = new(typeof(Texts));
    private static readonly ResourceManager ProcessResources = new(typeof(ProcessTexts));

    public static TheoryData<Type> Books => new(typeof(Texts), typeof(ProcessTexts));

    [Theory]
    [MemberData(nameof(Books))]
    public void Both_languages_have_the_same_keys_and_no_empty_text(Type book)
    {
        var english = Keys(CultureInfo.InvariantCulture, book);
        var chinese = Keys(CultureInfo.GetCultureInfo("zh-Hans"), book);

        Assert.Empty(english.Keys.Except(chinese.Keys));
        Assert.Empty(chinese.Keys.Except(english.Keys));
        Assert.DoesNotContain(chinese.Concat(english), pair => string.IsNullOrWhiteSpace(pair.Value) && pair.Key.Length > 0);
    }

    [Theory]
    [InlineData(typeof(AdmissionClass))]
    [InlineData(typeof(AdmissionState))]
    [InlineData(typeof(ConfigurationOutcome))]
    [InlineData(typeof(GrantBasis))]
    [InlineData(typeof(ObjectKind))]
    [InlineData(typeof(ObjectPart))]
    [InlineData(typeof(OfficerRole))]
    [InlineData(typeof(RegisteredDeviceType))]
    [InlineData(typeof(TerritoryKind))]
    [InlineData(typeof(UnitLevel))]
    [InlineData(typeof(UnitStanding))]
    [InlineData(typeof(AlertKind))]
    [InlineData(typeof(AlertSeverity))]
    [InlineData(typeof(AlertState))]
    [InlineData(typeof(AttachReason))]
    [InlineData(typeof(CloseReason))]
    [InlineData(typeof(CustodyEventKind))]
    [InlineData(typeof(ErasureState))]
    [InlineData(typeof(ErasureWhy))]
    [InlineData(typeof(MediaKind))]
    [InlineData(typeof(MediaState))]
    [InlineData(typeof(PresenceState))]
    [InlineData(typeof(PresenceReason))]
    [InlineData(typeof(ReadingKind))]
    [InlineData(typeof(RecomputeOutcome))]
    [InlineData(typeof(RecomputeObstacle))]
    [InlineData(typeof(DeviceEventKind))]
    [InlineData(typeof(FeedLink))]
    [InlineData(typeof(ActResult))]
    [InlineData(typeof(ProofVerdict))]
    public void Every_value_that_is_shown_has_a_word(Type values)
    {
        var keys = Keys(CultureInfo.GetCultureInfo("zh-Hans"));
        Assert.All(Enum.GetNames(values), value => Assert.Contains($"{values.Name}.{value}", keys.Keys));
    }

    [Theory]
    [InlineData(typeof(ClockEffect))]
    [InlineData(typeof(DocumentKind))]
    [InlineData(typeof(EvidenceOutcome))]
    [InlineData(typeof(ProcedureActKind))]
    [InlineData(typeof(ProcedureState))]
    [InlineData(typeof(ServiceMethod))]
    [InlineData(typeof(WorkListKind))]
    public void Every_value_of_the_process_that_is_shown_has_a_word(Type values)
    {
        var keys = Keys(CultureInfo.GetCultureInfo("zh-Hans"), typeof(ProcessTexts));
        Assert.All(Enum.GetNames(values), value => Assert.Contains($"{values.Name}.{value}", keys.Keys));
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void Places_for_values_are_the_same_in_both_languages(Type book)
    {
        var chinese = Keys(CultureInfo.GetCultureInfo("zh-Hans"), book);
        Assert.All(Keys(CultureInfo.InvariantCulture, book), pair =>
            Assert.Equal(Regex.Count(pair.Value, @"\{\d\}"), Regex.Count(chinese[pair.Key], @"\{\d\}")));
    }

    private static Dictionary<string, string> Keys(CultureInfo culture, Type? book = null) =>
        (book == typeof(ProcessTexts) ? ProcessResources : Resources).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
}
