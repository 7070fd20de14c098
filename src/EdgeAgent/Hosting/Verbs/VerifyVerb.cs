using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `verify`: hashes a file and checks it against every manifest, receipt and proof that the running agent holds for that content.
/// The checks are made here, from bytes; the agent's word is not taken for any of them.
internal static class VerifyVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var file = new Argument<string>("file") { Description = "The file to check" };
        var command = new Command("verify", "Checks a file against the manifest and the proofs the station holds") { config, set, file };
        command.SetAction((result, cancellation) => AgentClient.GuardAsync(async () =>
        {
            var path = result.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new InvalidDataException($"There is no file '{path}'.");
            var digest = await FileHasher.HashAsync(path, MediaHashOptions.Default, cancellation);
            using var agent = new AgentClient(result.GetRequiredValue(config), result.GetValue(set) ?? []);
            var items = await agent.GetAsync<EvidenceItem[]>($"/evidence/{digest.Sha256}", cancellation);
            Console.WriteLine($"{digest.Sha256}  {path}");
            if (items.Length == 0)
            {
                Console.WriteLine("NOT KNOWN: no manifest at this station names this content");
                return ExitCodes.Negative;
            }
            var passed = true;
            foreach (var item in items)
            {
                Console.WriteLine($"manifest {item.Key}");
                foreach (var step in EvidenceCheck.Run(item, digest))
                {
                    Console.WriteLine($"  {(step.Passed ? step.Pending ? "WAITS " : "OK    " : "FAILED")}  {step.Name}: {step.Detail}");
                    passed &= step.Passed;
                }
            }
            return passed ? ExitCodes.Ok : ExitCodes.Negative;
        }));
        return command;
    }
}
