using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Components.Controls;
using EdgeEnforcement.OperatorConsole.Desk.Proof;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.OperatorConsole.Tests.Controls;

public sealed class ControlTests
{
    [Theory]
    [InlineData("zh-Hans", AlertSeverity.Critical, "严重")]
    [InlineData("en", AlertSeverity.Critical, "critical")]
    [InlineData("zh-Hans", AlertSeverity.Info, "提示")]
    public async Task Severity_is_a_word_and_not_only_a_colour(string language, AlertSeverity severity, string word) =>
        Assert.Contains($">{word}<", await RenderAsync<SeverityTag>(language, new() { [nameof(SeverityTag.Severity)] = severity }), StringComparison.Ordinal);

    [Fact]
    public async Task Age_counts_from_when_the_alert_reached_the_ledger()
    {
        var now = DateTimeOffset.Parse("2026-11-21T12:00:00Z", CultureInfo.InvariantCulture);
        var row = new AlertRow
        {
            AlertId = "a", Title = "t", Severity = AlertSeverity.Warning,
            IngestedAt = now.AddMinutes(-3).AddSeconds(-7).ToTimestamp(), ObservedAt = now.AddDays(-2).ToTimestamp(),
        };

        var html = await RenderAsync<AlertList>("en", new() { [nameof(AlertList.Rows)] = new[] { row } }, new StillClock(now));

        Assert.Contains(">03:07<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_the_wire_is_never_markup()
    {
        var row = new AlertRow { AlertId = "a", Title = "<script>alert(1)</script>" };
        var html = await RenderAsync<AlertList>("en", new() { [nameof(AlertList.Rows)] = new[] { row } });
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_is_marked_and_worded()
    {
        var html = await RenderAsync<ProofSteps>("zh-Hans", new()
        {
            [nameof(ProofSteps.Title)] = "t",
            [nameof(ProofSteps.Steps)] = new[] { new ProofStep("FILE", false, "other bytes"), new ProofStep("NEW_STEP", true, "") },
        });

        Assert.Contains("data-passed=\"false\"", html, StringComparison.Ordinal);
        Assert.Contains("完整文件", html, StringComparison.Ordinal);
        Assert.Contains("NEW_STEP", html, StringComparison.Ordinal); // a step this console does not know is shown by its name
    }

    [Theory]
    [InlineData(MediaState.Stored, MediaKind.Video, "<video")]
    [InlineData(MediaState.Stored, MediaKind.Audio, "<audio")]
    [InlineData(MediaState.Stored, MediaKind.Photo, "<img")]
    [InlineData(MediaState.Stored, MediaKind.Other, "download")]
    [InlineData(MediaState.Anchored, MediaKind.Video, "placeholder")]
    [InlineData(MediaState.Quarantined, MediaKind.Video, "placeholder")]
    [InlineData(MediaState.Erased, MediaKind.Video, "placeholder")]
    public async Task The_player_fits_the_item(MediaState state, MediaKind kind, string expected)
    {
        var html = await RenderAsync<Player>("en", new() { [nameof(Player.Row)] = new MediaRow { ManifestIndex = 7, State = state, Kind = kind } });

        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Equal(state == MediaState.Stored, html.Contains("media/7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-Hans", "复算不符")]
    [InlineData("en", "recomputed: different")]
    public async Task What_the_centre_found_otherwise_is_shown_beside_what_the_alert_says(string language, string word)
    {
        var html = await RenderAsync<RecomputationPanel>(language, new()
        {
            [nameof(RecomputationPanel.Recomputed)] = new AlertRecomputed
            {
                Outcome = RecomputeOutcome.Different, Compared = 11,
                Differences = { new RecomputedStatement { Name = "worst", Stated = "<600>", Recomputed = "60" } },
            },
        });

        Assert.Contains("data-recomputed=\"Different\"", html, StringComparison.Ordinal);
        Assert.Contains($">{word}<", html, StringComparison.Ordinal);
        Assert.Contains("&lt;600&gt;", html, StringComparison.Ordinal);
        Assert.Contains(">60<", html, StringComparison.Ordinal);
        Assert.Contains("11", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecomputeOutcome.Waiting, RecomputeObstacle.RecordsMissing, "所引记录尚未入账")]
    [InlineData(RecomputeOutcome.NotPossible, RecomputeObstacle.NoValues, "没有可复算的数值")]
    public async Task Why_an_alert_is_not_recomputed_is_said(RecomputeOutcome outcome, RecomputeObstacle obstacle, string why)
    {
        var html = await RenderAsync<RecomputationPanel>("zh-Hans", new()
        {
            [nameof(RecomputationPanel.Recomputed)] = new AlertRecomputed
            {
                Outcome = outcome, Obstacles = { obstacle },
                Missing = { new RecordIdentity { Producer = "agent-1", Epoch = 1, RecordClass = RecordClass.P2, Sequence = 17 } },
            },
        });

        Assert.Contains(why, html, StringComparison.Ordinal);
        Assert.Contains("agent-1/1/P2/17", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-list=\"differences\"", html, StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync<TComponent>(string language, Dictionary<string, object?> parameters, TimeProvider? time = null)
        where TComponent : IComponent
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton(time ?? TimeProvider.System).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        // The encoder writes Chinese as numbers.
        return html.Contains("&#x", StringComparison.Ordinal)
            ? System.Text.RegularExpressions.Regex.Replace(html, "&#x([0-9A-F]+);", match => char.ConvertFromUtf32(Convert.ToInt32(match.Groups[1].Value, 16)))
            : html;
    }

    private sealed class StillClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
