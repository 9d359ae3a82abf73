using Disguise.Analyzers;

namespace Disguise.House.Tests.Analyzers;

public sealed class AsyncOverTaskSpecs
{
    // The shape of a task-like type of ours; what its builder does is of no matter here.
    private const string OurTask = """
        [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(Builder))]
        struct Ours { public Awaiter GetAwaiter() => default; }
        struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion
        {
            public bool IsCompleted => true;
            public void GetResult() { }
            public void OnCompleted(Action continuation) { }
        }
        struct Builder
        {
            public static Builder Create() => default;
            public Ours Task => default;
            public void SetResult() { }
            public void SetException(Exception thrown) { }
            public void SetStateMachine(System.Runtime.CompilerServices.IAsyncStateMachine m) { }
            public void Start<T>(ref T m)
                where T : System.Runtime.CompilerServices.IAsyncStateMachine { }
            public void AwaitOnCompleted<A, T>(ref A a, ref T m)
                where A : System.Runtime.CompilerServices.INotifyCompletion
                where T : System.Runtime.CompilerServices.IAsyncStateMachine { }
            public void AwaitUnsafeOnCompleted<A, T>(ref A a, ref T m)
                where A : System.Runtime.CompilerServices.ICriticalNotifyCompletion
                where T : System.Runtime.CompilerServices.IAsyncStateMachine { }
        }
        """;

    [Theory]
    [InlineData("async Task M() { }", "M")]
    [InlineData("async Task<int> M() => 1;", "M")]
    [InlineData("async ValueTask M() { }", "M")]
    [InlineData("async ValueTask<int> M() => 1;", "M")]
    [InlineData("async void M() { }", "M")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return 1; }", "M")]
    [InlineData("void M() { async Task Local() { } Local(); }", "Local")]
    [InlineData("Func<Task> M() => async () => { };", "async")]
    [InlineData("Func<int, Task> M() => async i => { };", "async")]
    [InlineData("Action M() => async () => { };", "async")]
    [InlineData("Func<Task> M() => async delegate { };", "async")]
    [InlineData("async Ours M(Task t) { await t; }", "await")]
    [InlineData("async Ours M(Task<int> t) { await t.ConfigureAwait(false); }", "await")]
    [InlineData("async Ours M(ValueTask<int> t) { await t; }", "await")]
    [InlineData("async Ours M() { await Task.Yield(); }", "await")]
    [InlineData("async Ours M(dynamic d) { await d; }", "await")]
    [InlineData(
        "async Ours M(IAsyncEnumerable<int> s) { await foreach (var i in s) { } }",
        "await")]
    [InlineData("async Ours M(IAsyncDisposable d) { await using (d) { } }", "await")]
    [InlineData("async Ours M(IAsyncDisposable d) { await using var e = d; }", "await")]
    public void Async_over_a_task_of_the_class_library_is_reported(string member, string place)
    {
        Assert.Equal(
            ["DSG001 " + place], Reports.Of(new AsyncOverTaskAnalyzer(), member, OurTask));
    }

    [Theory]
    [InlineData("async Ours M(Ours other) { await other; await Local(); async Ours Local() { } }")]
    [InlineData("Func<Ours> M() => async () => { };")]
    [InlineData("int M() => 1;")]
    public void Async_over_a_task_like_type_of_ours_is_allowed(string member)
    {
        Assert.Empty(Reports.Of(new AsyncOverTaskAnalyzer(), member, OurTask));
    }
}
