using System.CommandLine;
using System.Security.Cryptography;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `verify`: hashes a file and checks it against every manifest, receipt and proof that lies on the station's disk, whether an agent
/// runs or not. One line per step, then the verdict. Exit code 0: nothing failed (steps may wait); 1: something failed or nothing is
/// known of the file.
internal static class VerifyVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var file = new Argument<string?>("file") { Description = "The file to check; without it, all that lies on the station's disk", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("verify", "Checks a file against the manifest and the proofs the station holds; needs no running agent") { config, set, file };
        command.SetAction((result, cancellation) => AgentClient.GuardAsync(() =>
            RunAsync(result.GetRequiredValue(config), result.GetValue(set) ?? [], result.GetValue(file), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string config, string[] overrides, string? path, CancellationToken cancellation)
    {
        var root = AgentConfiguration.Load(config, overrides)[$"{AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}"];
        if (string.IsNullOrEmpty(root))
            throw new InvalidDataException($"'{config}' names no {AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}.");
        if (path is null)
            return CheckStation(new AgentPaths(root));
        try
        {
            var digest = await FileHasher.HashAsync(path, MediaHashOptions.Default, cancellation);
            Console.WriteLine($"{digest.Sha256}  {path}");
            await using var archive = new EvidenceArchive(new PhysicalFileSystem(), new AgentPaths(root));
            var items = archive.Find(digest.Sha256, Path.GetFileName(path));
            foreach (var unreadable in archive.Unreadable)
                Console.WriteLine($"WAITS  STATION  record {unreadable} cannot be read; it may be about this file");
            return Verdict(items, digest);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException)
        {
            // The file or the station's disk: either way nothing was shown.
            Console.WriteLine($"FAIL   READ  {e.Message}");
            Console.WriteLine("VERDICT FAIL: the check could not be made");
            return ExitCodes.Negative;
        }
    }

    private static int CheckStation(AgentPaths paths)
    {
        var differences = 0;
        var check = new StationCheck(
            new PhysicalFileSystem(), paths,
            finding =>
            {
                differences++;
                Console.WriteLine(finding);
            },
            note => Console.WriteLine("note: " + note));
        check.Run();
        Console.WriteLine(differences > 0
            ? FormattableString.Invariant($"{differences} differences in {check.RecordCount} records, {check.AnswerCount} answers, {check.CopyCount} copies")
            : FormattableString.Invariant($"OK: {check.RecordCount} records, {check.AnswerCount} answers, {check.CopyCount} copies"));
        return differences > 0 ? ExitCodes.Negative : ExitCodes.Ok;
    }

    private static int Verdict(IReadOnlyList<EvidenceItem> items, MediaDigest digest)
    {
        if (items.Count == 0)
        {
            Console.WriteLine("FAIL   MANIFEST  no manifest at this station names this content or this file");
            Console.WriteLine("VERDICT FAIL: not known here");
            return ExitCodes.Negative;
        }
        var steps = new List<EvidenceStep>();
        foreach (var item in items)
        {
            Console.WriteLine($"manifest {item.Key}");
            foreach (var step in EvidenceCheck.Run(item, digest))
            {
                steps.Add(step);
                Console.WriteLine($"{Word(step.Finding),-5}  {step.Name}  {step.Detail}");
            }
        }
        var failed = steps.Count(s => s.Finding == EvidenceFinding.Fail);
        var waiting = steps.Count(s => s.Finding == EvidenceFinding.Waits);
        Console.WriteLine(
            failed > 0 ? FormattableString.Invariant($"VERDICT FAIL: {failed} of {steps.Count} steps failed")
            : waiting > 0 ? FormattableString.Invariant($"VERDICT PASS so far: {waiting} of {steps.Count} steps wait for the centre")
            : FormattableString.Invariant($"VERDICT PASS: all {steps.Count} steps"));
        return failed > 0 ? ExitCodes.Negative : ExitCodes.Ok;
    }

    private static string Word(EvidenceFinding finding) => finding switch
    {
        EvidenceFinding.Pass => "PASS",
        EvidenceFinding.Fail => "FAIL",
        EvidenceFinding.Waits => "WAITS",
        _ => throw new InvalidOperationException($"No such finding: {finding}."),
    };
}
