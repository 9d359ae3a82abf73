using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis;

/// <summary>What an Arrakis kernel keeps, as <c>inspect</c> shows it.</summary>
/// <param name="machine">Address of the machine.</param>
/// <param name="services">The control plane.</param>
/// <param name="tenants">The containers that run.</param>
internal sealed class KernelInspection(
    string machine, KernelServices services, Tenants tenants) : IInspectedKernel
{
    /// <inheritdoc/>
    public IEnumerable<InspectedEntry> Capabilities =>
        CapabilityEntries.Of(services.ControlPlane.Capabilities, AddressOf);

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry> Bindings =>
        services.ControlPlane.Cards().Select(OfCard)
            .Concat(services.ControlPlane.Filters().Select(OfFilter))
            .Concat(services.ControlPlane.Mappings().Select(OfMapping));

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry>? SoftwareTlb => null;

    private InspectedEntry OfCard(VirtualInterfaceCard card) => new(
        AddressOf(card.Container), "card", card.Card,
        InspectedField.Of("nic", card.Function.Network),
        InspectedField.Of(
            card.Function.IsSoftware ? "software" : "function", card.Function.Index),
        InspectedField.Of("domain", card.Domain),
        InspectedField.Of("queues", card.Queues),
        InspectedField.Of("filters", card.Filters));

    private InspectedEntry OfFilter(KnownFilter filter) => new(
        AddressOf(filter.Container), "filter", filter.Filter,
        InspectedField.Of("direction", filter.Direction),
        filter.Card < 0
            ? InspectedField.Missing("card", "none") : InspectedField.Of("card", filter.Card),
        InspectedField.Of("queue", filter.Queue),
        InspectedField.Of("predicates", filter.Predicates),
        InspectedField.Of("installed", filter.Installed));

    private InspectedEntry OfMapping(MappedPages mapping) => new(
        AddressOf(mapping.Container), "mapping", mapping.Mapping,
        InspectedField.Of("domain", mapping.Domain),
        InspectedField.OfAddress("virtual", Frame.AddressOf(mapping.VirtualPage)),
        InspectedField.OfAddress("physical", Frame.AddressOf(mapping.FirstFrame)),
        InspectedField.Of("pages", mapping.Pages),
        InspectedField.Of("rights", mapping.Rights),
        InspectedField.Of("capability", mapping.Capability));

    private string AddressOf(int container) =>
        tenants.BySlot(container)?.Address ?? $"{machine}.kernel";
}
