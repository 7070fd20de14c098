using System.CommandLine;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Contract = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Rules;

/// <summary>Rules put in force in the service as it is started, over the wire and by its own command.</summary>
public sealed class RulesActivationTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-rules-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task The_sample_folder_is_put_in_force_and_survives_a_restart()
    {
        RulesView before;
        await using (RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation))
        {
            (int code, string output) = await CommandAsync(service, ProcedureRulesParserTests.Samples());
            Assert.True(code == 0, output);
            before = await RulesAsync(service);
            Assert.Contains($"are in force with entry {before.EntryIndex}", output, StringComparison.Ordinal);
        }

        await using RunningErasure again = await RunningErasure.StartAsync(_data, Cancellation);
        RulesView after = await RulesAsync(again);

        Assert.Equal(before, after);
        Assert.Equal(RulesFolder.Read(ProcedureRulesParserTests.Samples()), after.Content.ToByteArray());
        ProcedureRules? rules = ProcedureRulesParser.TryParse(after.Content.Span, out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        Assert.NotEmpty(rules!.Templates);
    }

    [Fact]
    public async Task A_file_with_errors_is_refused_whole_and_the_old_rules_stay()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        string first = (await ActivateAsync(service, ProcedureRulesParserTests.ReadSample())).Version;

        ActivateRulesAnswer refused = await ActivateAsync(service, Encoding.UTF8.GetBytes("{\"format\": 1}"));

        Assert.Equal((0UL, first), (refused.LedgerSize, (await RulesAsync(service)).Version));
        Assert.Contains("deadlines: is missing", refused.Errors);
        Assert.True(refused.Errors.Count > 5);
    }

    [Fact]
    public async Task The_same_bytes_sent_twice_are_one_entry_and_other_bytes_need_a_version_of_their_own()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        byte[] sample = ProcedureRulesParserTests.ReadSample();
        ActivateRulesAnswer first = await ActivateAsync(service, sample);

        ActivateRulesAnswer second = await ActivateAsync(service, sample);
        Assert.Equal(first.EntryIndex, second.EntryIndex);
        Assert.True(second.LedgerSize > 0, "they are in force");
        ActivateRulesAnswer other = await ActivateAsync(service, [.. sample, (byte)'\n']);
        Assert.StartsWith($"version: '{first.Version}' is in force with other content", Assert.Single(other.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);

        (int code, string output) = await CommandAsync(service, ProcedureRulesParserTests.Samples(), "--dry-run");

        Assert.True(code == 0, output);
        Assert.Empty((await RulesAsync(service)).Version);
    }

    [Fact]
    public async Task A_folder_without_its_file_is_said_to_be_so()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);

        (int code, string output) = await CommandAsync(service, Directory.CreateDirectory(Path.Combine(_data, "empty")).FullName);

        Assert.Equal((int)ExitCode.Failed, code);
        Assert.Contains("holds 0 JSON files, not one", output, StringComparison.Ordinal);
    }

    private static async Task<ActivateRulesAnswer> ActivateAsync(RunningErasure service, byte[] content) =>
        await new Contract.ProcedureActs.ProcedureActsClient(service.Channel).ActivateRulesAsync(
            new ActivateRulesRequest { Actor = RegisterWorld.Person, Reason = "启用", Content = ByteString.CopyFrom(content) }, cancellationToken: Cancellation);

    private static async Task<RulesView> RulesAsync(RunningErasure service)
    {
        ulong size = service.App.Services.GetRequiredService<IngestService.Ledger.ILedgerReader>().DurableSize;
        return await new ProcedureDesk.ProcedureDeskClient(service.Channel).GetRulesAsync(new GetRulesRequest { AtLeast = size }, cancellationToken: Cancellation);
    }

    private static async Task<(int Code, string Output)> CommandAsync(RunningErasure service, string path, params string[] more)
    {
        StringWriter text = new();
        int code = await IngestCommandLine.InvokeAsync(
            ["procedure", "activate", path, "--service", "http://" + service.Channel.Target, "--actor-id", "p1", "--actor-name", "周静", "--reason", "启用", .. more],
            Program.Build, new InvocationConfiguration { Output = text, Error = text });
        return (code, text.ToString());
    }
}
