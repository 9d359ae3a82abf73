using Disguise.Kernels.Abstractions.Inspection;

namespace Disguise.Kernels.Capabilities;

/// <summary>The capabilities of a table as <c>inspect</c> shows them.</summary>
internal static class CapabilityEntries
{
    /// <summary>All, by slot.</summary>
    /// <param name="capabilities">The live ones.</param>
    /// <param name="addressOf">The address of a holder by its number.</param>
    public static IEnumerable<InspectedEntry> Of(
        IEnumerable<Capability> capabilities, Func<int, string> addressOf) =>
        capabilities.Select(capability => new InspectedEntry(
            addressOf(capability.Owner), "capability", capability.Slot,
            InspectedField.Of("kind", capability.Kind),
            InspectedField.Of("object", capability.Object),
            InspectedField.Of("rights", capability.Rights),
            InspectedField.Of("owner", capability.Owner),
            capability.Parent < 0
                ? InspectedField.Missing("parent", "none")
                : InspectedField.Of("parent", capability.Parent)));
}
