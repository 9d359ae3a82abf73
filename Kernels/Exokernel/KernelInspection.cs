using Disguise.Hardware.Memory;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel;

/// <summary>What an Exokernel keeps, as <c>inspect</c> shows it.</summary>
internal sealed class KernelInspection(KernelState state) : IInspectedKernel
{
    /// <inheritdoc/>
    public IEnumerable<InspectedEntry> Capabilities => state.Environments.All.SelectMany(
        environment => Credentials(environment).Concat(Frames(environment)));

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry> Bindings => state.Environments.All.SelectMany(
        environment => Network(environment).Concat(Slices(environment))
            .Concat(Predicate(environment)).Concat(Regions(environment))
            .Concat(Windows(environment)).Concat(Pages(environment)));

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry>? SoftwareTlb => state.Memory.SoftwareTlb?.Entries().Select(
        held => new InspectedEntry(
            state.Environments.ByNumber(held.Binding.Environment)?.Description.Address
                ?? $"{state.Machine.Name}.kernel",
            "stlb", held.Index,
            InspectedField.Of("space", SoftwareRefill.IdOf(held.Binding.Environment).Value),
            InspectedField.OfAddress("virtual", Frame.AddressOf(held.Binding.VirtualPage)),
            InspectedField.OfAddress("physical", Frame.AddressOf(held.Binding.Frame)),
            InspectedField.Of("rights", held.Binding.Rights)));

    private static InspectedField Name(string name, Capability capability) => InspectedField.Of(
        name, capability.IsValid ? capability.ToString().Split(':')[0] : "none");

    private IEnumerable<InspectedEntry> Credentials(EnvironmentRecord environment)
    {
        for (var slot = 0; slot < CredentialBook.SlotLimit; slot++)
        {
            if (state.Memory.Credentials.Show(environment.Number, slot, out var credential)
                == ExokernelRefusal.None)
            {
                yield return new InspectedEntry(
                    environment.Description.Address, "credential", slot,
                    InspectedField.Of("permissions", credential.Permissions),
                    Name("name", credential));
            }
        }
    }

    private IEnumerable<InspectedEntry> Frames(EnvironmentRecord environment)
    {
        var book = state.Memory.Frames;
        foreach (var frame in book.FramesOf(environment.Number).Order())
        {
            var list = book.ListOf(frame);
            yield return new InspectedEntry(
                environment.Description.Address, "frame", frame,
                InspectedField.OfAddress("physical", Frame.AddressOf(frame)),
                InspectedField.Of("use", book.UseOf(frame)),
                Readers("read", list, CapabilityPermissions.Read),
                Readers("write", list, CapabilityPermissions.Write),
                InspectedField.Of("generation", book.GenerationOf(frame)));
        }
    }

    /// <summary>The names by which a page can be opened.</summary>
    private static InspectedField Readers(
        string name, PageList list, CapabilityPermissions wanted) => InspectedField.Of(
            name,
            string.Join(',', new[] { list.First, list.Second }
                .Where(entry => entry.IsValid && (wanted & ~entry.Permissions) == 0)
                .Select(entry => entry.ToString().Split(':')[0])));

    private IEnumerable<InspectedEntry> Network(EnvironmentRecord environment)
    {
        if (environment.Network is not { } binding)
            yield break;
        var address = environment.Description.Address;
        if (binding.Shared is { } shared)
        {
            var (match, place) = (shared.Match, shared.Rings.Place);
            yield return new InspectedEntry(
                address, "packets", environment.Number,
                InspectedField.Of("mac", new MacAddress(match.Mac).ToString()),
                InspectedField.Of("ip", new Ipv4Address(match.Ip).ToString()),
                match.Port == 0
                    ? InspectedField.Missing("port", "any") : InspectedField.Of("port", match.Port),
                InspectedField.OfAddress("receive-ring", (long)place.ReceiveRing),
                InspectedField.OfAddress("transmit-ring", (long)place.TransmitRing),
                InspectedField.Of("receive-filters", binding.ReceiveFilters));
            yield break;
        }

        yield return new InspectedEntry(
            address, "network", binding.Function,
            InspectedField.Of("mac", environment.Description.Mac.ToString()),
            InspectedField.Of("ip", environment.Description.Ip.ToString()),
            InspectedField.OfAddress(
                "registers", Frame.AddressOf(EnvironmentLayout.RegisterPage)),
            InspectedField.Of("receive-filters", binding.ReceiveFilters),
            InspectedField.Of("transmit-filters", binding.TransmitFilters),
            binding.CoreVector < 0
                ? InspectedField.Missing("vector", "none")
                : InspectedField.Of("vector", binding.CoreVector));
    }

    /// <summary>What it sleeps for, if it does for anything but a device.</summary>
    private IEnumerable<InspectedEntry> Predicate(EnvironmentRecord environment)
    {
        if (state.Sleepers.PredicateOf(environment.Number) is not { } predicate)
            yield break;
        var words = string.Join(',', state.Sleepers.TitlesOf(environment.Number)
            .Select(title => title.Address).Distinct().Select(word => $"0x{word:x}"));
        yield return new InspectedEntry(
            environment.Description.Address, "predicate", environment.Number,
            InspectedField.Of("products", predicate.ProductCount),
            words.Length == 0
                ? InspectedField.Missing("words", "none")
                : InspectedField.Of("words", words));
    }

    private IEnumerable<InspectedEntry> Regions(EnvironmentRecord environment) =>
        state.Regions.RegionsOf(environment.Number).Select(found => new InspectedEntry(
            environment.Description.Address, "region", found.Slot,
            InspectedField.OfAddress("physical", found.Region.Address),
            InspectedField.Of("bytes", found.Region.LengthBytes),
            Name("read", new Capability(found.Region.Reader)),
            Name("write", new Capability(found.Region.Writer))));

    private IEnumerable<InspectedEntry> Windows(EnvironmentRecord environment)
    {
        if (state.Windows.Book is not { } book)
            yield break;
        foreach (var window in book.WindowsOf(environment.Number))
        {
            var rectangle = book.RectangleOf(window);
            yield return new InspectedEntry(
                environment.Description.Address, "window", window,
                InspectedField.Of("x", rectangle.X), InspectedField.Of("y", rectangle.Y),
                InspectedField.Of("width", rectangle.Width),
                InspectedField.Of("height", rectangle.Height),
                book.TryGetPage(window, out var page)
                    ? InspectedField.OfAddress("virtual", Frame.AddressOf(page))
                    : InspectedField.Missing("virtual", "none"));
        }
    }

    private IEnumerable<InspectedEntry> Slices(EnvironmentRecord environment)
    {
        var vector = state.Processor.VectorOf(environment.Core.Number);
        for (var position = vector.Find(environment.Number); position >= 0;
            position = vector.Find(environment.Number, position + 1))
        {
            yield return new InspectedEntry(
                environment.Description.Address, "slice", position,
                InspectedField.Of("core", environment.Core.Number),
                InspectedField.Of("ticks", vector.TicksOf(position)));
        }
    }

    private IEnumerable<InspectedEntry> Pages(EnvironmentRecord environment)
    {
        var bound = new List<Binding>();
        state.Memory.Translation.Bindings.AddBindingsOf(environment.Number, bound);
        return bound.OrderBy(binding => binding.VirtualPage).Select(binding => new InspectedEntry(
            environment.Description.Address, "page", binding.VirtualPage,
            InspectedField.OfAddress("virtual", Frame.AddressOf(binding.VirtualPage)),
            InspectedField.OfAddress("physical", Frame.AddressOf(binding.Frame)),
            InspectedField.Of("rights", binding.Rights),
            InspectedField.Of("refill", binding.Kind)));
    }
}
