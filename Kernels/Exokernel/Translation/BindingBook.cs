using Disguise.Kernels.Records;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// All bindings of pages to frames, found by page, by frame and by environment: what has to be
/// forgotten when a frame changes hands. A binding that a TLB has dropped stays in it until it is
/// replaced, given up or broken.
/// </summary>
internal sealed class BindingBook(int limit)
{
    private const int End = -1;

    private readonly Slots<BindingRecord> bindings = new(limit);
    private readonly Dictionary<(int Environment, long Page), int> byPage = [];
    private readonly Dictionary<long, int> byFrame = [];
    private (int Newest, int Count, int Guaranteed)[] environments = [];

    /// <summary>How many there are.</summary>
    public int Count => bindings.Count;

    /// <summary>How many an environment has.</summary>
    public int CountOf(int environment) =>
        environment < environments.Length ? environments[environment].Count : 0;

    /// <summary>How many guaranteed ones an environment has.</summary>
    public int GuaranteedOf(int environment) =>
        environment < environments.Length ? environments[environment].Guaranteed : 0;

    /// <summary>Where a page of an environment leads.</summary>
    public bool TryFind(int environment, long virtualPage, out Binding binding)
    {
        bool isFound = byPage.TryGetValue((environment, virtualPage), out int slot);
        binding = isFound ? bindings[slot].Binding : default;
        return isFound;
    }

    /// <summary>Whether anything leads to a frame.</summary>
    public bool LeadsTo(long frame) => byFrame.ContainsKey(frame);

    /// <summary>Adds what leads to a frame, the newest first.</summary>
    public void AddBindingsOf(long frame, List<Binding> found)
    {
        for (int slot = byFrame.GetValueOrDefault(frame, End); slot != End;
            slot = bindings[slot].NextOfFrame)
        {
            found.Add(bindings[slot].Binding);
        }
    }

    /// <summary>Adds an environment's bindings, the newest first.</summary>
    public void AddBindingsOf(int environment, List<Binding> found)
    {
        for (int slot = CountOf(environment) > 0 ? environments[environment].Newest : End;
            slot != End; slot = bindings[slot].NextOfEnvironment)
        {
            found.Add(bindings[slot].Binding);
        }
    }

    /// <summary>Keeps a binding of a page that leads nowhere yet.</summary>
    public void Add(in Binding binding)
    {
        int slot = bindings.Peek(0);
        byPage.Add((binding.Environment, binding.VirtualPage), slot);
        ref BindingRecord record = ref bindings.Take(slot);
        record.Binding = binding;
        record.PreviousOfFrame = End;
        record.NextOfFrame = byFrame.GetValueOrDefault(binding.Frame, End);
        if (record.NextOfFrame != End)
        {
            bindings[record.NextOfFrame].PreviousOfFrame = slot;
        }

        byFrame[binding.Frame] = slot;
        AddToEnvironment(slot, binding);
    }

    /// <summary>Forgets the binding of a page, and gives it.</summary>
    public Binding Remove(int environment, long virtualPage)
    {
        if (!byPage.Remove((environment, virtualPage), out int slot))
        {
            throw new InvalidOperationException(
                $"Page {virtualPage} of environment {environment} leads nowhere.");
        }

        BindingRecord record = bindings[slot];
        if (record.NextOfFrame != End)
        {
            bindings[record.NextOfFrame].PreviousOfFrame = record.PreviousOfFrame;
        }

        if (record.PreviousOfFrame != End)
        {
            bindings[record.PreviousOfFrame].NextOfFrame = record.NextOfFrame;
        }
        else if (record.NextOfFrame != End)
        {
            byFrame[record.Binding.Frame] = record.NextOfFrame;
        }
        else
        {
            byFrame.Remove(record.Binding.Frame);
        }

        RemoveFromEnvironment(record);
        bindings.Release(slot);
        return record.Binding;
    }

    private void AddToEnvironment(int slot, in Binding binding)
    {
        if (binding.Environment >= environments.Length)
        {
            Array.Resize(
                ref environments, Math.Max(binding.Environment + 1, environments.Length * 2));
        }

        ref var of = ref environments[binding.Environment];
        ref BindingRecord record = ref bindings[slot];
        record.PreviousOfEnvironment = End;
        record.NextOfEnvironment = of.Count > 0 ? of.Newest : End;
        if (record.NextOfEnvironment != End)
        {
            bindings[record.NextOfEnvironment].PreviousOfEnvironment = slot;
        }

        of.Newest = slot;
        of.Count++;
        of.Guaranteed += binding.IsGuaranteed ? 1 : 0;
    }

    private void RemoveFromEnvironment(in BindingRecord record)
    {
        ref var of = ref environments[record.Binding.Environment];
        if (record.NextOfEnvironment != End)
        {
            bindings[record.NextOfEnvironment].PreviousOfEnvironment =
                record.PreviousOfEnvironment;
        }

        if (record.PreviousOfEnvironment != End)
        {
            bindings[record.PreviousOfEnvironment].NextOfEnvironment = record.NextOfEnvironment;
        }
        else
        {
            of.Newest = record.NextOfEnvironment;
        }

        of.Count--;
        of.Guaranteed -= record.Binding.IsGuaranteed ? 1 : 0;
    }
}
