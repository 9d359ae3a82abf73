using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Host.Explaining;

namespace Disguise.Host.Tests.Explaining;

/// <summary>The way of a request through executors, from their hand-overs alone.</summary>
public sealed class HandOverLogSpecs
{
    private static readonly Descriptor Ours = new("server.nic.pf", 0, 7);
    private static readonly Descriptor Anothers = new("server.nic.pf", 0, 8);
    private static readonly Descriptor Reply = new("server.nic.pf", 0, 3);

    private readonly HandOverLog log = new();
    private readonly Executor kernel = Executor.Of(NewCore(0));
    private readonly Executor server = Executor.Of(NewCore(1));
    private readonly Executor process = Executor.Of(NewCore(2));

    [Fact]
    public void A_request_that_one_executor_takes_and_answers_has_two_hand_overs()
    {
        Take(process, Ours);
        Post(process, Reply, 50);

        Assert.Equal(
            [HandOverKind.DescriptorTaken, HandOverKind.DescriptorPosted],
            log.WayOf(new HashSet<Descriptor> { Ours }, Reply)!.Select(step => step.Kind));
    }

    [Fact]
    public void It_leads_back_over_tokens_whatever_else_the_executors_did()
    {
        Take(kernel, Ours);
        Queue(kernel, 1, 10);
        Take(kernel, Anothers);
        Queue(kernel, 2, 20);
        Take(server, 1, 30);
        Queue(server, 3, 40);
        Take(server, 2, 50);
        Queue(server, 4, 60);
        Take(process, 3, 70);
        Post(process, Reply, 80);
        Take(process, 4, 90);
        Post(process, new Descriptor("server.nic.pf", 0, 4), 99);

        var way = log.WayOf(new HashSet<Descriptor> { Ours }, Reply)!;
        Assert.Equal([0, 10, 30, 40, 70, 80], way.Select(step => step.AtPs));
        Assert.True(way[0].Executor.Is(kernel) && way[3].Executor.Is(server));
    }

    [Fact]
    public void A_doorbell_for_several_descriptors_carries_those_before_it_too()
    {
        Take(process, Ours);
        Post(process, new Descriptor(Reply.Function, Reply.Queue, 5), 50);

        Assert.NotNull(log.WayOf(new HashSet<Descriptor> { Ours }, Reply));
    }

    [Fact]
    public void What_does_not_hang_together_has_no_way()
    {
        Take(kernel, Anothers);
        Queue(kernel, 1, 10);
        Take(process, 1, 20);
        Post(process, Reply, 30);

        Assert.Null(log.WayOf(new HashSet<Descriptor> { Ours }, Reply));
        Assert.Null(new HandOverLog().WayOf(new HashSet<Descriptor> { Ours }, Reply));
    }

    [Fact]
    public void A_circle_of_tokens_ends()
    {
        Queue(process, 1, 10);
        Take(process, 1, 20);
        Queue(process, 1, 30);
        Take(process, 1, 40);
        Post(process, Reply, 50);

        Assert.Null(log.WayOf(new HashSet<Descriptor> { Ours }, Reply));
    }

    private static Core NewCore(int number) => new(number, new CostTable(), null!);

    private void Take(Executor executor, Descriptor descriptor) =>
        log.Add(new HandOver(HandOverKind.DescriptorTaken, executor, descriptor, 0, 0));

    private void Take(Executor executor, long token, long atPs) =>
        log.Add(new HandOver(HandOverKind.Taken, executor, default, token, atPs));

    private void Queue(Executor executor, long token, long atPs) =>
        log.Add(new HandOver(HandOverKind.Queued, executor, default, token, atPs));

    private void Post(Executor executor, Descriptor descriptor, long atPs) =>
        log.Add(new HandOver(HandOverKind.DescriptorPosted, executor, descriptor, 0, atPs));
}
