using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>Merged objects are one (同一执法对象), whichever of them somebody names.</summary>
internal static class MergedObjects
{
    public static HashSet<string> Of(IRegisterQueries registers, string objectId, RegisterAsOf asOf)
    {
        HashSet<string> met = [objectId];
        Queue<string> open = new(met);
        while (open.TryDequeue(out string? id))
        {
            foreach (RegisterVersion merge in registers.OwnedBy(RegisterKind.ObjectMerge, id).Select(found => found.InForce(asOf)).OfType<RegisterVersion>())
            {
                foreach (string other in new[] { merge.Change.ObjectMerge.FromObjectId, merge.Change.ObjectMerge.IntoObjectId })
                {
                    if (met.Add(other))
                        open.Enqueue(other);
                }
            }
        }

        return met;
    }
}
